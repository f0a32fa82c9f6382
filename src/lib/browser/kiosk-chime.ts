import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { PageAudio } from './audio.ts';
import { TonePlayer } from './tone-player.ts';
import { durationOf, type Tone } from './tones.ts';

/** Two beeps, and time to look up before the microphone opens. As loud as it gets: the ring's volume may be down. */
export const TWO_BEEPS: Tone = {
	parts: [
		{ hz: [880, 1760], ms: 300 },
		{ hz: [], ms: 250 },
		{ hz: [880, 1760], ms: 300 },
		{ hz: [], ms: 650 }
	],
	times: 1,
	peak: -3
};

/** An output may take some time to open. */
const LATE_MS = 2_000;

export interface ChimeDeps {
	readonly audio: PageAudio;
	readonly clock: Clock;
	readonly log: Log;
	/** Id of the output; '' is the system's default. */
	readonly device: Watched<string>;
}

/** Plays it to its end, until `signal` aborts. True only if it was really played: the sound's own time has gone on. */
export async function playChime(deps: ChimeDeps, signal: AbortSignal): Promise<boolean> {
	const { audio, clock } = deps;
	const player = new TonePlayer(deps);
	const ms = durationOf(TWO_BEEPS);
	try {
		const context = audio.context();
		const began = context.currentTime;
		const late = () => new LineError('speaker.autoplay-blocked');
		await deadline(player.play(TWO_BEEPS).ended, ms + LATE_MS, late, clock, signal);
		return context.state === 'running' && (context.currentTime - began) * 1000 >= ms * 0.9;
	} catch {
		return false;
	} finally {
		player.close();
	}
}
