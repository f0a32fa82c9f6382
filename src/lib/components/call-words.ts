import type { CallState, EndReason } from '#lib/core/call-state.ts';
import { m } from '#lib/words/messages.js';
import { withoutStop, type FaultTitle } from './line-words.ts';

/** A call's state in words, as `Call state` says it. */
export function callStateWords(state: CallState, title: FaultTitle): string {
	switch (state.phase) {
		case 'placing':
			return m.call_calling();
		case 'ringing':
			return m.call_ringing();
		case 'connecting':
			return m.call_connecting();
		case 'talking':
			return state.held ? m.call_held() : m.call_talking();
		case 'recovering':
			return m.call_reconnecting();
		case 'ended': {
			const { reason, error } = state.how;
			const cause = reason === 'failed' && error ? title(error.fault) : undefined;
			return m.call_ended({ reason: withoutStop(cause ?? endWords(reason)) });
		}
	}
}

const END: Readonly<Record<EndReason | 'interrupted', () => string>> = {
	'hung-up': () => m.end_hung_up(),
	'remote-hung-up': () => m.end_remote_hung_up(),
	cancelled: () => m.end_cancelled(),
	missed: () => m.end_missed(),
	declined: () => m.end_declined(),
	ignored: () => m.end_ignored(),
	'answered-elsewhere': () => m.end_answered_elsewhere(),
	busy: () => m.end_busy(),
	'no-answer': () => m.end_no_answer(),
	refused: () => m.end_refused(),
	'not-found': () => m.end_not_found(),
	'line-closed': () => m.end_line_closed(),
	failed: () => m.end_failed(),
	interrupted: () => m.end_interrupted()
};

/** How a call ended, in a word or three. */
export const endWords = (reason: EndReason | 'interrupted'): string => END[reason]();
