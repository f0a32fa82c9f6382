import type { ChosenDevices, Clock, Log } from '#lib/core/ports.ts';
import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import { decibels } from '#lib/core/level.ts';
import { Scope } from '#lib/core/scope.ts';
import { followMicrophone } from './microphone.ts';
import { playOn } from './speaker.ts';

/** The sound of one practice call: your own voice, a moment later. Nothing leaves the page. */
export interface Echo {
	/**
	 * Begins to play. Resolves when sound has really been rendered; rejects with `speaker.autoplay-blocked` while the
	 * browser waits for a gesture. From then on `onFlow` tells when sound stops and flows again: a phone call on a mobile
	 * stops it, for one.
	 */
	connect(onFlow: (flows: boolean) => void): Promise<void>;
	setMuted(muted: boolean): void;
	setHeld(held: boolean): void;
	/** Levels of the last 0.7 s, dBFS. */
	levels(): { readonly sent: number; readonly heard: number };
	/** Lets go of the microphone and the graph. Safe to call twice. */
	close(): void;
}

export interface EchoDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly devices: ChosenDevices;
	audio(): AudioContext;
	openMicrophone(signal?: AbortSignal): Promise<MediaStream>;
}

/** Below 1, so that a loudspeaker beside the microphone cannot build up a howl. */
const RETURN_GAIN = 0.8;
/** Long enough not to click. */
const RAMP_S = 0.01;
/** The most that an AnalyserNode holds: 0.68 s at 48 kHz. */
const WINDOW = 32_768;
const RENDER_MS = 5000;

/**
 *   microphone ──▶ sent (mute) ──▶ delay ──▶ heard (hold) ──▶ speaker
 *
 * Rejects with a LineError when there is no microphone; never leaves one open when `signal` has aborted.
 */
export async function openEcho(deps: EchoDeps, delayMs: number, signal: AbortSignal): Promise<Echo> {
	const scope = new Scope();
	const context = deps.audio();
	const sent = context.createGain();
	const delay = context.createDelay(Math.max(1, delayMs / 1000));
	delay.delayTime.value = delayMs / 1000;
	const heard = context.createGain();
	sent.connect(delay).connect(heard);
	scope.add(() => [sent, delay, heard].forEach((node) => node.disconnect()));

	const sentLevel = levelOf(sent);
	const heardLevel = levelOf(heard);
	await followMicrophone(deps, sent, scope, signal);

	let muted = false;
	let held = false;
	const apply = () => {
		ramp(sent.gain, muted || held ? 0 : 1, context.currentTime);
		ramp(heard.gain, held ? 0 : RETURN_GAIN, context.currentTime);
	};
	heard.gain.value = RETURN_GAIN;

	return {
		async connect(onFlow) {
			playOn(deps, heard, scope);
			await rendered(context, deps.clock, scope.signal);
			scope.on(context, 'statechange', () => onFlow(context.state === 'running'));
		},
		setMuted(now) {
			muted = now;
			apply();
		},
		setHeld(now) {
			held = now;
			apply();
		},
		levels: () => ({ sent: sentLevel(), heard: heardLevel() }),
		close: () => scope.end()
	};
}

/** Resolves when the graph has played 20 ms: only the audio thread can say that something was. */
function rendered(context: AudioContext, clock: Clock, signal: AbortSignal): Promise<void> {
	const proof = context.createConstantSource();
	proof.offset.value = 0;
	const played = new Promise<void>((resolve) => (proof.onended = () => resolve()));
	proof.connect(context.destination);
	proof.start();
	proof.stop(context.currentTime + 0.02);
	// A capture that has begun since lets the browser play; an interrupted context must be left alone.
	if (context.state === 'suspended') void context.resume().catch(() => {});
	const blocked = () => new LineError('speaker.autoplay-blocked', { vendorCode: context.state });
	return deadline(played, RENDER_MS, blocked, clock, signal).finally(() => proof.disconnect());
}

function ramp(gain: AudioParam, target: number, now: number): void {
	gain.cancelScheduledValues(now);
	gain.setValueAtTime(gain.value, now);
	gain.linearRampToValueAtTime(target, now + RAMP_S);
}

function levelOf(node: AudioNode): () => number {
	const analyser = new AnalyserNode(node.context, { fftSize: WINDOW });
	const samples = new Float32Array(WINDOW);
	node.connect(analyser);
	return () => {
		analyser.getFloatTimeDomainData(samples);
		return decibels(samples);
	};
}
