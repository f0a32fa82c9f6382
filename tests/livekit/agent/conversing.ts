import { setTimeout as sleep } from 'node:timers/promises';
import type { Voice } from '../room-plan.ts';
import type { Mouth } from './mouth.ts';
import type { Speaker, Transcript } from './transcript.ts';

const THINKS_MS = 300;
const SPEAKS_MS = 1000;
const HERTZ = 440;
/** Louder than this is a voice, 0 to 1. */
const VOICE = 0.02;
/** An echo is speaking until so much silence has gone out, ms. */
const ECHO_HOLD_MS = 400;

export interface Means {
	readonly voice: Voice;
	readonly mouth: Mouth;
	readonly transcript: Transcript;
	readonly me: Speaker;
	/** Who is heard. */
	speaker(): Speaker | undefined;
	setState(state: string): void;
}

/** Takes turns: hears you out, thinks, speaks, and says truly which of them it is doing. It has no wits: it says how long you spoke. */
export class Conversing {
	readonly #means: Means;
	#busy: AbortController | undefined;
	#segment = '';
	#interim = 0;
	#lastSent = 0;
	#closed = false;

	constructor(means: Means) {
		this.#means = means;
	}

	/** What the ears report of a guest. */
	speech(what: 'begins' | 'goes-on' | 'ends', ms: number): void {
		const { voice, transcript } = this.#means;
		if (this.#closed || !this.#answers) return;
		if (this.#busy && voice === 'interruptible') this.#busy.abort();
		if (this.#busy && voice === 'answers') return;
		if (this.#segment === '') this.#segment = transcript.newSegment();
		if (what !== 'goes-on' || this.#interim++ % 4 === 0) this.#note(this.#segment, ms, what === 'ends');
		if (what !== 'ends') return;
		this.#segment = '';
		if (voice === 'echo') void this.#write(`You spoke for ${seconds(ms)}.`, 200);
		else void this.#answer(`I heard you for ${seconds(ms)}. Go on.`);
	}

	/** What has just been sent: an echo is speaking while it is loud. */
	sent(peak: number): void {
		if (this.#closed || this.#means.voice !== 'echo' || this.#busy) return;
		const now = Date.now();
		if (peak > VOICE) this.#lastSent = now;
		this.#means.setState(now - this.#lastSent < ECHO_HOLD_MS ? 'speaking' : 'listening');
	}

	/** A written text is answered aloud. */
	async reply(text: string): Promise<void> {
		if (this.#answers) await this.#answer(`You wrote: ${text}`);
	}

	async say(text: string, ms: number): Promise<void> {
		this.#busy?.abort();
		const busy = (this.#busy = new AbortController());
		this.#means.setState('speaking');
		if (this.#means.voice !== 'silence') this.#means.mouth.tone(HERTZ, ms);
		busy.signal.addEventListener('abort', () => this.#means.mouth.hush());
		await Promise.all([this.#write(text, ms * 0.9, busy.signal), pause(ms, busy.signal)]);
		if (this.#busy !== busy) return;
		this.#busy = undefined;
		if (!this.#closed) this.#means.setState('listening');
	}

	close(): void {
		this.#closed = true;
		this.#busy?.abort();
	}

	get #answers(): boolean {
		return typeof this.#means.voice === 'string';
	}

	async #answer(text: string): Promise<void> {
		this.#busy?.abort();
		const busy = (this.#busy = new AbortController());
		this.#means.setState('thinking');
		await pause(THINKS_MS, busy.signal);
		if (this.#busy === busy && !this.#closed) await this.say(text, SPEAKS_MS);
	}

	#note(segment: string, ms: number, final: boolean): void {
		const speaker = this.#means.speaker();
		const text = final ? `(speech of ${seconds(ms)})` : `(speech of ${seconds(ms)} so far)`;
		if (speaker) void this.#means.transcript.heard(speaker, segment, text, final).catch(() => {});
	}

	async #write(text: string, ms: number, signal?: AbortSignal): Promise<void> {
		const { transcript, me } = this.#means;
		await transcript.said(me, transcript.newSegment(), text, ms, signal).catch(() => {});
	}
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await sleep(ms, undefined, { signal }).catch(() => {});
}
