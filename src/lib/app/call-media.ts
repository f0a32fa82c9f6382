import type { Call, MediaSample } from '#lib/core/line.ts';
import type { SoundOutput } from '#lib/core/sound-path.ts';
import type { CallMedia } from '#lib/diagnostics/types.ts';

/** A second of a call, and whose voice the far side kept from us in it. */
export interface Second {
	readonly sample: MediaSample;
	/** Undefined where nobody has a voice, and outside of rooms. */
	readonly far: { readonly muted: boolean; readonly subscribed: boolean } | undefined;
}

/** Whether it has ended because no sound found its way. */
function hasNoPath({ state }: Call): boolean {
	const { value } = state;
	return value.phase === 'ended' && /^media\.(lost|not-connected)$/.test(value.how.error?.fault ?? '');
}

export function farOf({ conversation }: Call): Second['far'] {
	const voices = conversation?.participants.value.filter(({ audible }) => audible) ?? [];
	if (voices.length === 0) return undefined;
	return {
		muted: voices.every(({ muted }) => muted),
		subscribed: voices.some(({ subscribed }) => subscribed !== false)
	};
}

/** As the last seconds show it; where there were none, the path that came to nothing; undefined where there was none. */
export function mediaOf(seconds: readonly Second[], call: Call): CallMedia | undefined {
	const samples = seconds.map(({ sample }) => sample);
	const [first, last] = [samples[0], samples.at(-1)];
	const path = call.path?.value;
	const isLost = hasNoPath(call);
	if (!last && !(isLost && path)) return undefined;
	const phase = call.state.value;
	return {
		windowMs: Math.round((last?.at ?? 0) - (first?.at ?? 0)),
		iceState: isLost && path?.dtls !== 'failed' ? 'failed' : (path?.ice ?? 'connected'),
		...(path?.dtls === undefined ? {} : { dtlsState: path.dtls }),
		local: path?.local ?? [],
		remote: path?.remote ?? [],
		...(path?.pair ? { pair: path.pair } : {}),
		iceErrors: [],
		...(path?.outputs ? { renderers: path.outputs.map(rendererOf) } : {}),
		...grown(samples, 'packetsSent'),
		...grown(samples, 'packetsReceived'),
		sentLevelDbfs: loudest(samples, 'sentLevel'),
		heardLevelDbfs: loudest(samples, 'heardLevel'),
		...(last?.packetsReceived === undefined ? {} : { heardEnergy: energyOf(samples) }),
		...median(samples, 'loss'),
		...median(samples, 'jitterMs'),
		...median(samples, 'roundTripMs'),
		...median(samples, 'mos'),
		muted: call.muted.value,
		held: 'held' in phase && phase.held,
		...remoteOf(seconds)
	};
}

/** A stream that came within the window has grown from nothing; another connection counts anew, from where it is. */
function grown(samples: readonly MediaSample[], of: 'packetsSent' | 'packetsReceived') {
	if (samples.at(-1)?.[of] === undefined) return {};
	let known = samples[0]?.[of] ?? 0;
	let sum = 0;
	for (const { [of]: count = known } of samples) {
		sum += Math.max(0, count - known);
		known = count;
	}
	return { [of]: sum };
}

/** One bad second is not the call. */
function median(samples: readonly MediaSample[], of: 'loss' | 'jitterMs' | 'roundTripMs' | 'mos') {
	const known = samples.flatMap((sample) => sample[of] ?? []).toSorted((one, other) => one - other);
	const middle = known[known.length >> 1];
	return middle === undefined ? {} : { [of]: middle };
}

function loudest(samples: readonly MediaSample[], of: 'sentLevel' | 'heardLevel'): number | null {
	const level = Math.max(...samples.map((sample) => sample[of]));
	return Number.isFinite(level) ? level : null;
}

/** A sample is a second long. */
const energyOf = (samples: readonly MediaSample[]): number =>
	samples.reduce((sum, { heardLevel }) => sum + 10 ** (heardLevel / 10), 0);

const rendererOf = ({ muted, volume, paused, refused }: SoundOutput) => ({
	kind: 'element' as const,
	...{ muted, volume, paused },
	...(refused === undefined ? {} : { playThrew: { name: refused, message: '' } })
});

/** Only what has been so in every second: whoever mutes before they hang up is no trouble. */
function remoteOf(seconds: readonly Second[]): Pick<CallMedia, 'remoteMuted' | 'remoteSubscribed'> {
	const far = seconds.flatMap((second) => second.far ?? []);
	if (far.length === 0 || far.length < seconds.length) return {};
	return {
		remoteMuted: far.every(({ muted }) => muted),
		remoteSubscribed: far.some(({ subscribed }) => subscribed)
	};
}
