import type { CallState, EndReason } from './call-state.ts';
import type { LineState } from './line-state.ts';

/** What a page that has opened the phone in a window may say to it. `ref` is its own name for what it asks. */
export type HostWord =
	/** Puts the number in, and nothing more. */
	| { readonly type: 'prefill'; readonly to: string; readonly line?: string; readonly ref?: string }
	/** Once, now and after each change, or no longer. */
	| { readonly type: 'status?' | 'watch' | 'unwatch' };

/** What the phone says to it: facts for a button and a lamp, and nobody's number or name. */
export type PhoneWord =
	| { readonly type: 'ready' }
	| PhoneStatus
	| { readonly type: 'prefilled'; readonly ref?: string }
	| { readonly type: 'refused'; readonly why: 'in-call' | 'elsewhere' | 'too-often'; readonly ref?: string }
	/** How the call to the number that this host has put in came to its end. */
	| { readonly type: 'result'; readonly outcome: EndReason; readonly seconds: number; readonly ref?: string };

export interface PhoneStatus {
	readonly type: 'status';
	readonly lines: readonly {
		readonly id: string;
		readonly label: string;
		readonly state: (typeof LINE_STATES)[LineState['phase']];
	}[];
	/** The call that is heard, else the one that came last; null without one. */
	readonly call: {
		readonly line: string;
		readonly direction: 'in' | 'out';
		readonly state: ReturnType<typeof hostCallState>;
	} | null;
}

/** The words that stand on the screen, for programs. */
export const LINE_STATES = {
	off: 'off',
	opening: 'connecting',
	ready: 'ready',
	recovering: 'reconnecting',
	failed: 'not-working'
} as const satisfies Record<LineState['phase'], string>;

const CALL_STATES = {
	placing: 'calling',
	ringing: 'ringing',
	connecting: 'connecting',
	talking: 'in-call',
	recovering: 'reconnecting',
	ended: 'ended'
} as const satisfies Record<CallState['phase'], string>;

export function hostCallState(state: CallState): (typeof CALL_STATES)[CallState['phase']] | 'on-hold' {
	return state.phase === 'talking' && state.held ? 'on-hold' : CALL_STATES[state.phase];
}

const FORMS: Readonly<Record<string, RegExp>> = {
	to: /^\P{Cc}{1,128}$/u,
	line: /^[a-z0-9-]{1,32}$/,
	ref: /^[\w.:-]{1,64}$/
};
const PLAIN: readonly unknown[] = ['status?', 'watch', 'unwatch'];

/** Foreign input: undefined for whatever is not exactly one of the words. Never throws. */
export function hostWord(raw: unknown): HostWord | undefined {
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
	const { offhook, type, ...rest } = raw as Readonly<Record<string, unknown>>;
	if (offhook !== 1) return undefined;
	const names = Object.keys(rest);
	if (PLAIN.includes(type)) return names.length === 0 ? ({ type } as HostWord) : undefined;
	const fits = (name: string) => typeof rest[name] === 'string' && FORMS[name]?.test(rest[name]) === true;
	if (type !== 'prefill' || !names.includes('to') || !names.every(fits)) return undefined;
	return { type, ...rest } as HostWord;
}
