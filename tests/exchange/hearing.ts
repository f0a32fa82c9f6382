import { amplitudeOf, decodePcmu } from './tone.ts';

/** Tones that tests play or expect: concert pitch, the two speaking numbers, the phone's hold tone. */
const WATCHED = [440, 700, 1000, 1100] as const;
/** Quieter than this is no tone: -34 dBFS, well above what µ-law makes of silence. */
const FAINTEST = 0.02;
/** Chromium's fake microphone beeps once a second: a window of exactly one second could miss it. */
const WINDOW_MS = 1200;
const EVENT_DIGITS = '0123456789*#ABCD';

export interface Heard {
	readonly level: number | null;
	readonly tone: number | null;
	readonly tones: Readonly<Record<string, number>>;
}

/** The far end's ears for one call: counts packets, remembers the last moments of decoded audio, collects digits. */
export class Hearing {
	rtpIn = 0;
	rtpOut = 0;
	digits = '';
	digitsBy: 'rtp' | 'signalling' | null = null;
	#recent: { readonly at: number; readonly samples: Float32Array }[] = [];
	#lastEvent: number | undefined;

	audio(payload: Uint8Array, decodable: boolean): void {
		this.rtpIn++;
		if (!decodable) return;
		this.#recent.push({ at: performance.now(), samples: decodePcmu(payload) });
		this.#forgetOld();
	}

	/** One packet of RFC 4733: all packets of a key press share the RTP timestamp, so the first one is the digit. */
	event(payload: Uint8Array, timestamp: number): void {
		if (timestamp === this.#lastEvent) return;
		this.#lastEvent = timestamp;
		const digit = EVENT_DIGITS[payload[0] ?? 255];
		if (digit !== undefined) this.press(digit, 'rtp');
	}

	press(digits: string, by: 'rtp' | 'signalling'): void {
		this.digits += digits;
		this.digitsBy = by;
	}

	/** What was heard in the last 1.2 s. */
	heard(): Heard {
		this.#forgetOld();
		if (this.#recent.length === 0) return { level: null, tone: null, tones: {} };
		const samples = Float32Array.from(this.#recent.flatMap((chunk) => Array.from(chunk.samples)));
		const level = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
		const tones = WATCHED.map((hertz) => [hertz, amplitudeOf(hertz, samples)] as const);
		const [hertz, amplitude] = tones.reduce((best, next) => (next[1] > best[1] ? next : best));
		return {
			level: round(level),
			tone: amplitude >= FAINTEST ? hertz : null,
			tones: Object.fromEntries(tones.map(([name, value]) => [name, round(value)]))
		};
	}

	#forgetOld(): void {
		const since = performance.now() - WINDOW_MS;
		const first = this.#recent.findIndex((chunk) => chunk.at >= since);
		this.#recent = first === -1 ? [] : this.#recent.slice(first);
	}
}

function round(value: number): number {
	return Math.round(value * 1000) / 1000;
}
