import type { Fault } from '#lib/core/errors.ts';
import type { LineState } from '#lib/core/line-state.ts';
import type { ShownLine } from '#lib/state/lines-view.svelte.ts';
import { m } from '#lib/words/messages.js';

/** First line about a fault; undefined until the words have arrived. */
export type FaultTitle = (fault: Fault) => string | undefined;

/** As the line's status says it (contract, section 4). */
function lineStateWords(state: LineState, title: FaultTitle): string {
	switch (state.phase) {
		case 'off':
			return m.line_off();
		case 'opening':
			return m.line_connecting();
		case 'ready':
			return m.line_ready();
		case 'recovering':
			// What never worked is no interruption.
			return state.wasReady ? m.line_reconnecting() : notWorking(title(state.because.fault));
		case 'failed':
			return notWorking(title(state.because.fault));
	}
}

const notWorking = (cause: string | undefined): string =>
	cause ? m.line_failed({ cause: withoutStop(cause) }) : m.line_failed_plain();

/** A line's state in words, also for one that its configuration keeps from opening. */
export const shownLineWords = (line: ShownLine, title: FaultTitle): string =>
	line.broken ? notWorking(title('config.invalid')) : lineStateWords(line.state.current, title);

export function glowOf(line: ShownLine): 'lit' | 'waiting' | 'trouble' | 'dark' {
	if (line.broken) return 'trouble';
	switch (line.state.current.phase) {
		case 'ready':
			return 'lit';
		case 'opening':
			return 'waiting';
		case 'off':
			return 'dark';
		case 'recovering':
		case 'failed':
			return 'trouble';
	}
}

/** The sentence as part of another one. */
export const withoutStop = (sentence: string): string => sentence.replace(/\.$/, '');
