import { decibels } from '#lib/core/level.ts';
import type { Clock } from '#lib/core/ports.ts';

/** A frame of the analyser at 48 kHz is 21 ms long: none is missed. */
const FRAME_MS = 20;
const SAMPLES = 1024;

/** What was heard in one frame. */
export interface Heard {
	/** Monotonic ms. */
	readonly at: number;
	/** Levels in dBFS; -Infinity is digital silence. */
	readonly mine: number;
	/** The loudest of the others. */
	readonly theirs: number;
	levelOf(identity: string): number;
}

interface Ear {
	readonly identity: string;
	readonly source: MediaStreamAudioSourceNode;
	readonly analyser: AnalyserNode;
}

interface EarsDeps {
	readonly clock: Clock;
	audio(): AudioContext;
	/** Whether anybody could look: the page is visible. */
	readonly page: Document;
	heard(now: Heard): void;
}

/**
 * Listens to the voices of a call 50 times a second, while the page is seen. Nothing is played and nothing is recorded;
 * without a running AudioContext there is nothing to tell, which is not silence.
 */
export class Ears {
	readonly #deps: EarsDeps;
	readonly #ears = new Map<string, Ear>();
	readonly #samples = new Float32Array(SAMPLES);
	readonly #levels = new Map<string, number>();
	#cancel: (() => void) | undefined;
	#closed = false;

	constructor(deps: EarsDeps) {
		this.#deps = deps;
		deps.page.addEventListener('visibilitychange', this.#run);
	}

	/** @param identity whose voice it is; '' is mine */
	listen(id: string, identity: string, track: MediaStreamTrack): void {
		this.drop(id);
		const context = this.#deps.audio();
		const source = context.createMediaStreamSource(new MediaStream([track]));
		const analyser = context.createAnalyser();
		analyser.fftSize = SAMPLES;
		source.connect(analyser);
		this.#ears.set(id, { identity, source, analyser });
		this.#run();
	}

	drop(id: string): void {
		const ear = this.#ears.get(id);
		this.#ears.delete(id);
		ear?.source.disconnect();
	}

	close(): void {
		this.#closed = true;
		this.#cancel?.();
		this.#deps.page.removeEventListener('visibilitychange', this.#run);
		for (const id of [...this.#ears.keys()]) this.drop(id);
	}

	readonly #run = (): void => {
		this.#cancel?.();
		this.#cancel = undefined;
		if (this.#closed || this.#deps.page.hidden || this.#ears.size === 0) return;
		this.#cancel = this.#deps.clock.after(FRAME_MS, this.#run);
		if (this.#deps.audio().state === 'running') this.#frame();
	};

	#frame(): void {
		const levels = this.#levels;
		levels.clear();
		let theirs = -Infinity;
		for (const { identity, analyser } of this.#ears.values()) {
			analyser.getFloatTimeDomainData(this.#samples);
			const level = decibels(this.#samples);
			levels.set(identity, Math.max(level, levels.get(identity) ?? -Infinity));
			if (identity !== '') theirs = Math.max(theirs, level);
		}
		const levelOf = (identity: string) => levels.get(identity) ?? -Infinity;
		this.#deps.heard({ at: this.#deps.clock.monotonic(), mine: levelOf(''), theirs, levelOf });
	}
}
