import type { EndReason } from '#lib/core/call-state.ts';
import { m } from '#lib/words/messages.js';

const NEXT: Readonly<Record<EndReason, () => string>> = {
	'hung-up': () => '',
	'remote-hung-up': () => m.next_remote_hung_up(),
	cancelled: () => '',
	missed: () => m.next_missed(),
	declined: () => '',
	ignored: () => '',
	'answered-elsewhere': () => m.next_answered_elsewhere(),
	busy: () => m.next_busy(),
	'no-answer': () => m.next_no_answer(),
	refused: () => m.next_refused(),
	'not-found': () => m.next_not_found(),
	'line-closed': () => m.next_line_closed(),
	failed: () => ''
};

/** What to do after a call that ended so; '' where it needs no words, or where the fault has its own. */
export const endWords = (reason: EndReason): string => NEXT[reason]();
