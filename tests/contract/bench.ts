import { expect } from 'vitest';
import type { Address } from '#lib/core/address.ts';
import type { CallState, EndReason } from '#lib/core/call-state.ts';
import type { LineError } from '#lib/core/errors.ts';
import type { Call, Line } from '#lib/core/line.ts';
import { until } from '#lib/core/watched.ts';
import type { Live } from './live.ts';

/** What a line's contract is tested with. One is opened for each case, and closed after it. */
export interface Bench {
	/** Ready, or about to be. */
	readonly line: Line;
	readonly dialable: Dialable;
	/** Left out where nobody can look at the far side. */
	readonly farSide?: FarSide;
	/** What is still open; `liveNow` of live.ts in most cases. */
	live(): Live;
	/** Lets go of everything beside the line, which the contract has closed by then. */
	close(): Promise<void>;
}

/** Whom to dial for which behaviour. */
export interface Dialable {
	/** Answers and sends back what it hears. */
	readonly echo: Address;
	readonly busy: Address;
	/** Rings, then ends as not answered, within PATIENCE. */
	readonly noAnswer: Address;
	readonly notFound: Address;
	/** Where a callee can refuse. */
	readonly refused?: Address;
	/** Answers, then the call is lost, within PATIENCE. */
	readonly dropsAfterAnswer: Address;
	/** Calls this line soon after, and once answered sends back what it hears; left out where nobody can call it. */
	readonly callsBack?: Address;
	/** Calls this line and gives up within PATIENCE; `callsBack` where left out. */
	readonly givesUp?: Address;
}

/** The other end of a call, seen from there and not by the line itself. */
export interface FarSide {
	/** Level of what has arrived in about the last half second, dBFS; -Infinity is digital silence. */
	heard(call: Call): Promise<number>;
	/** The digits that have arrived, in order. */
	digits(call: Call): Promise<string>;
}

/** How long a test waits for what must happen, ms. */
export const PATIENCE = 15_000;
/** How long a hang-up may take in any phase, ms, even when the network is dead. */
export const HANG_UP_MS = 300;
/** Quieter than this is silence, dBFS: 16-bit noise and the residue of a speech codec lie below. */
export const SILENCE = -60;

export const patience = (ms = PATIENCE): AbortSignal => AbortSignal.timeout(ms);

type Phase = CallState['phase'];
type In<P extends Phase> = Extract<CallState, { phase: P }>;

/** Waits for a phase. An ending before it fails at once, with its reason. */
export async function reaches<P extends Phase>(call: Call, phase: P, ms = PATIENCE): Promise<In<P>> {
	const state = await until(call.state, (now) => now.phase === phase || now.phase === 'ended', patience(ms));
	if (state.phase !== phase) throw new Error(`ended before ${phase}: ${JSON.stringify(state)}`);
	return state as In<P>;
}

/** Waits for the end and checks its reason. */
export async function ends(call: Call, reason: EndReason, ms = PATIENCE) {
	const { how } = await reaches(call, 'ended', ms);
	expect(how.reason).toBe(reason);
	return how;
}

/** The way of a call's sound, once something plays it. */
export async function played({ path }: Call) {
	if (!path) throw new Error('no path');
	return until(path, (now) => now?.outputs?.some(({ paused }) => !paused) ?? false, patience());
}

export async function ready(line: Line): Promise<void> {
	const state = await until(line.state, ({ phase }) => phase === 'ready' || phase === 'failed', patience());
	if (state.phase !== 'ready') throw new Error(`line is not ready: ${JSON.stringify(state)}`);
}

export async function talk({ line, dialable }: Bench): Promise<Call> {
	const call = await line.dial(dialable.echo);
	await reaches(call, 'talking');
	return call;
}

/** Has the line called, and waits for the incoming call in `ringing`. */
export async function called({ line }: Bench, by: Address | undefined): Promise<Call> {
	if (!by) throw new Error('nobody can call this line');
	const asking = await line.dial(by);
	const incoming = (calls: readonly Call[]) => calls.find(({ direction }) => direction === 'in');
	const calls = await until(line.calls, (now) => incoming(now) !== undefined, patience());
	await asking.hangUp();
	const call = incoming(calls);
	if (!call) throw new Error('nobody called');
	return call;
}

export async function fault(command: Promise<unknown>): Promise<LineError['fault']> {
	const error: unknown = await command.then(
		() => 'it resolved',
		(reason: unknown) => reason
	);
	expect(error).toMatchObject({ name: 'LineError' });
	return (error as LineError).fault;
}

/** What our own hang-up must end as, by the phase that it meets. */
export function endingByUs({ direction, state }: Call): EndReason {
	const { phase } = state.value;
	if (phase === 'placing') return 'cancelled';
	if (phase === 'ringing') return direction === 'in' ? 'declined' : 'cancelled';
	return 'hung-up';
}

const NEXT: Readonly<Record<Phase, readonly Phase[]>> = {
	placing: ['ringing', 'connecting', 'ended'],
	ringing: ['connecting', 'ended'],
	connecting: ['talking', 'ended'],
	talking: ['talking', 'recovering', 'ended'],
	recovering: ['talking', 'recovering', 'ended'],
	ended: []
};

/** Follows a call; `check` fails when a step was not allowed. Returns the phases seen. */
export function follow(call: Call): { check(): readonly Phase[] } {
	const seen: Phase[] = [call.state.value.phase];
	call.state.watch(({ phase }) => seen.push(phase));
	return {
		check() {
			for (const [at, phase] of seen.slice(1).entries()) {
				const before = seen[at] ?? 'placing';
				expect(NEXT[before], `${before} -> ${phase}`).toContain(phase);
			}
			return seen;
		}
	};
}
