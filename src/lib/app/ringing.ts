import { isEnded } from '#lib/core/audio-focus.ts';
import type { EndReason } from '#lib/core/call-state.ts';
import type { Call } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, PhoneSounds } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

type Tone = Parameters<PhoneSounds['progress']>[0];

export interface RingingDeps {
	readonly phone: Pick<Phone, 'calls'>;
	readonly sounds: Pick<PhoneSounds, 'ring' | 'progress'>;
	readonly clock: Clock;
	readonly scope: Scope;
}

/** How long the tone that tells of a call's end is heard. */
const END_TONE_MS = 2_000;

/** Ends that someone who listens would not understand without a tone. */
const END_TONES: Partial<Record<EndReason, Tone>> = {
	busy: 'busy',
	'no-answer': 'failed',
	refused: 'failed',
	'not-found': 'failed',
	failed: 'failed'
};

/**
 * Makes heard what the calls are doing: the ring for an incoming call, a knock instead while there is another call,
 * ring-back for an outgoing one, and a short tone for an end that needs one. All of it stops in the same instant as its
 * reason does. A ring that someone has silenced stays silent until the next call.
 */
export function followCalls({ phone, sounds, clock, scope }: RingingDeps): void {
	const watched = new Map<Call, () => void>();
	let ringing: readonly Call[] = [];
	let isRung = false;
	let tone: Tone = 'none';
	let endTone: Tone = 'none';
	let cancelEndTone = () => {};

	const follow = () => {
		const before = ringing;
		const alive = [...watched.keys()];
		ringing = alive.filter(isRingingIn);
		const others = alive.filter((call) => !isRingingIn(call));
		const rings = ringing.length > 0 && others.length === 0;
		const isNew = ringing.some((call) => !before.includes(call));
		if (rings !== isRung || (rings && isNew)) sounds.ring(rings);
		isRung = rings;
		if (alive.length > 0) endTone = 'none';
		const isRingback = others.some(
			(call) => call.direction === 'out' && call.state.value.phase === 'ringing'
		);
		const next = ringing.length > 0 && others.length > 0 ? 'waiting' : isRingback ? 'ringback' : endTone;
		if (next !== tone) sounds.progress(next);
		tone = next;
	};

	const end = (call: Call) => {
		watched.get(call)?.();
		watched.delete(call);
		const state = call.state.value;
		const wasHeard = call.direction === 'out' || (state.phase === 'ended' && state.how.talkedMs > 0);
		if (state.phase === 'ended' && wasHeard) {
			cancelEndTone();
			endTone = END_TONES[state.how.reason] ?? 'none';
			cancelEndTone = clock.after(END_TONE_MS, () => {
				endTone = 'none';
				follow();
			});
		}
		follow();
	};

	const notice = (calls: readonly Call[]) => {
		for (const call of calls) {
			if (watched.has(call) || isEnded(call)) continue;
			watched.set(
				call,
				call.state.watch(() => (isEnded(call) ? end(call) : follow()))
			);
		}
		// Its line was taken away: it is over for us, however it goes on.
		for (const call of [...watched.keys()]) if (!calls.includes(call)) end(call);
		follow();
	};

	scope.add(phone.calls.watch(notice));
	scope.add(() => {
		cancelEndTone();
		for (const stop of watched.values()) stop();
		watched.clear();
		sounds.ring(false);
		sounds.progress('none');
	});
	notice(phone.calls.value);
}

const isRingingIn = (call: Call): boolean => call.direction === 'in' && call.state.value.phase === 'ringing';
