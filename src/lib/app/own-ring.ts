import type { Call } from '#lib/core/line.ts';
import type { Clock } from '#lib/core/ports.ts';
import { until, type Watched } from '#lib/core/watched.ts';

interface OwnRingDeps {
	readonly calls: Watched<readonly Call[]>;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

export interface OwnRing {
	readonly call: Call;
	/** Since the outgoing call was placed. */
	readonly afterMs: number;
}

/** Longer than any network needs to bring a call back to the same device. */
const RING_MS = 15_000;
/** Both directions go different ways: the invite may be there after the other leg has ended. */
const AFTER_END_MS = 3_000;
/** So long is ours waited for where somebody else may be calling, and so long what is ours may outlive the outgoing leg. */
const STRANGER_MS = 3_000;

/**
 * The call that comes back to this device when it calls itself, undefined where none does. Nobody answers. Whoever else
 * calls in the meantime proves nothing, so ours is the one that shows our own name, or, since a service may show a number
 * in its place, the one that ends when the outgoing call is hung up. `stranger`: somebody called, and it was not we.
 *
 * @param own the address that was dialled, as callers show it
 */
export async function ownRing(
	outgoing: Call,
	own: string,
	{ calls, clock, signal }: OwnRingDeps
): Promise<OwnRing | 'stranger' | undefined> {
	const start = clock.monotonic();
	const end = new AbortController();
	const ends = AbortSignal.any([signal, end.signal]);
	const rings: OwnRing[] = [];
	const note = (all: readonly Call[]) => {
		for (const call of all) {
			const isNew =
				call.direction === 'in' && call.lineId === outgoing.lineId && !rings.some((one) => one.call === call);
			if (isNew) rings.push({ call, afterMs: Math.round(clock.monotonic() - start) });
		}
	};
	const stop = calls.watch(note);
	const named = () => rings.find(({ call }) => call.party.value.address === own);
	const isOver = (call: Call) => call.state.value.phase === 'ended';
	const pause = (ms: number) => paused(ms, clock, ends);
	const seen = (test: () => boolean) => until(calls, test, ends).catch(() => {});
	const over = (call: Call) => until(call.state, ({ phase }) => phase === 'ended', ends).catch(() => {});
	try {
		note(calls.value);
		const late = over(outgoing).then(() => pause(AFTER_END_MS));
		await Promise.race([seen(() => rings.length > 0), late, pause(RING_MS)]);
		if (rings.length > 0) await Promise.race([seen(() => named() !== undefined), late, pause(STRANGER_MS)]);
		const ours = named();
		if (ours || rings.length === 0 || signal.aborted) return ours;
		const ringing = rings.filter(({ call }) => !isOver(call));
		await outgoing.hangUp();
		await Promise.race([...ringing.map(({ call }) => over(call)), pause(STRANGER_MS)]);
		return ringing.find(({ call }) => isOver(call)) ?? 'stranger';
	} finally {
		stop();
		end.abort();
	}
}

function paused(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (signal.aborted) return resolve();
		const cancel = clock.after(ms, resolve);
		signal.addEventListener('abort', () => (cancel(), resolve()), { once: true });
	});
}
