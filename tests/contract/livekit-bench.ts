import { afterEach, expect, inject } from 'vitest';
import type { Address } from '#lib/core/address.ts';
import { LineError } from '#lib/core/errors.ts';
import { decodeClaims } from '#lib/core/jwt.ts';
import type { Call, Line } from '#lib/core/line.ts';
import type { ChosenDevices, Clock, Log, Wake } from '#lib/core/ports.ts';
import { Secret } from '#lib/core/secret.ts';
import { CachedTokens } from '#lib/core/token-source.ts';
import { Cell } from '#lib/core/watched.ts';
import { readAnswer } from '#lib/config/token-answer.ts';
import { fillRequest } from '#lib/config/token-request.ts';
import { open } from '#lib/lines/livekit/line.ts';
import type { LivekitSettings } from '#lib/lines/livekit/meta.ts';
import type { LineDeps } from '#lib/lines/module.ts';
import type { PartyObservation, RoomObservation } from '../livekit/observation.ts';
import type { Live } from './live.ts';

export const livekit = inject('livekit');

export const clock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after: (ms, task) => {
		const timer = setTimeout(task, ms);
		return () => clearTimeout(timer);
	}
};

/** A clock on which five seconds pass in one, for deadlines. Wall time and the SDK's own timers are left as they are. */
const hastyClock: Clock = {
	now: clock.now,
	monotonic: () => clock.monotonic() * 5,
	after: (ms, task) => clock.after(ms / 5, task)
};

/** A room of the plan (tests/livekit/room-plan.ts), new for every call. */
export const room = (plan: string): Address => ({ kind: 'room', value: `${plan}-{random}` });

export interface Options {
	/** Kind of token or of answer, a path of the token endpoint. */
	readonly tokens?: string;
	/** Runs the line on a clock that is five times too fast. */
	readonly hasty?: boolean;
	/** What the token endpoint is asked, in place of the standard request. */
	readonly body?: object;
	readonly settings?: Partial<LivekitSettings>;
	/** Only the token endpoint knows the server's address. */
	readonly noServerUrl?: boolean;
	readonly openMicrophone?: () => Promise<MediaStream>;
	/** The microphone says what {@link Handset.speak} says, and nothing else. */
	readonly speaks?: boolean;
}

export interface Handset {
	readonly line: Line;
	readonly identity: string;
	readonly devices: { readonly microphone: Cell<string>; readonly speaker: Cell<string> };
	/** How many tokens have been asked for. */
	readonly asked: () => number;
	readonly logged: string[];
	wake(why: Wake): void;
	/** Says something into a microphone that was opened with the option `speaks`. */
	speak(ms: number): Promise<void>;
	/** What the other side has seen of the call's room. */
	observe(call: Call): Promise<RoomObservation>;
	/** The first of the other side's parties there. */
	party(call: Call): Promise<PartyObservation>;
	control(
		what: 'remove' | 'delete' | 'mute' | 'permit' | 'say' | 'state' | 'freeze' | 'thaw' | 'restart' | 'stop',
		body?: object
	): Promise<void>;
}

let audio: AudioContext | undefined;
const context = () => (audio ??= new AudioContext());

/** A microphone that is silent until it is told to speak; the browser's own test tone depends on how busy the machine is. */
class Mouth {
	readonly #gain = new GainNode(context(), { gain: 0 });
	readonly #tone = new OscillatorNode(context(), { frequency: 330 });
	readonly #out = new MediaStreamAudioDestinationNode(context());

	constructor() {
		this.#tone.connect(this.#gain).connect(this.#out);
		this.#tone.start();
	}

	open(): MediaStream {
		return new MediaStream(this.#out.stream.getTracks().map((track) => track.clone()));
	}

	/** Resolves when it is silent again. */
	async speak(ms: number): Promise<void> {
		this.#gain.gain.value = 0.3;
		await new Promise((resolve) => setTimeout(resolve, ms));
		this.#gain.gain.value = 0;
	}
}

/** A LiveKit line on the server of this run, with an identity of its own. */
export function openLivekit(options: Options = {}): Handset {
	const identity = `alice-${crypto.randomUUID().slice(0, 8)}`;
	const wakes = new Set<(why: Wake) => void>();
	const microphone = new Cell('');
	const speaker = new Cell('');
	const devices: ChosenDevices = { microphone, speaker, ringer: new Cell('') };
	const logged: string[] = [];
	const mouth = options.speaks ? new Mouth() : undefined;
	let asked = 0;
	const deps: LineDeps = {
		clock: options.hasty ? hastyClock : clock,
		log: (...what: Parameters<Log>) => {
			logged.push(JSON.stringify(what));
			if (import.meta.env['VITE_LOG']) console.log(...what);
		},
		devices,
		audio: context,
		openMicrophone:
			options.openMicrophone ??
			(mouth ? () => Promise.resolve(mouth.open()) : undefined) ??
			(() =>
				navigator.mediaDevices.getUserMedia({
					audio: microphone.value ? { deviceId: microphone.value } : true
				})),
		silence: '',
		tokens: (settings, request) =>
			new CachedTokens(async () => {
				asked++;
				const filled = fillRequest(settings, request, location.href);
				if (!filled.ok) throw filled.error;
				const { url, method, headers, body = null } = filled.value;
				const response = await fetch(url, { method, headers, body });
				if (!response.ok) throw new LineError('token-endpoint.server-error');
				const answer = readAnswer(await response.text(), 'livekit', settings.response, {});
				if (!answer.ok) throw answer.error;
				const { secret, serverUrl } = answer.value;
				const claims = decodeClaims(new Secret(secret.reveal()).reveal());
				const { exp } = claims.ok ? claims.value.payload : {};
				return {
					secret,
					...(serverUrl === undefined ? {} : { serverUrl }),
					...(typeof exp === 'number' ? { expiresAt: exp * 1000 } : {})
				};
			}, clock),
		onWake: (listener) => {
			wakes.add(listener);
			return () => void wakes.delete(listener);
		},
		newId: () => crypto.randomUUID(),
		version: '0.0.0'
	};
	const line = open(
		{
			id: 'agent',
			label: 'Voice agent',
			...(options.noServerUrl ? {} : { serverUrl: livekit.url }),
			token: {
				url: `${livekit.httpUrl}/livekit/token${options.tokens ? `/${options.tokens}` : ''}`,
				method: 'POST',
				auth: 'none',
				headers: {},
				style: 'snake',
				response: {},
				...(options.body ? { body: options.body } : {})
			},
			identity,
			room: 'call-{random}',
			agent: { expected: false, joinWithinSeconds: 20 },
			...options.settings
		},
		deps
	);
	const observe = async (call: Call) => {
		const name = call.conversation?.room.value ?? '';
		const response = await fetch(`${livekit.httpUrl}/livekit/rooms?room=${encodeURIComponent(name)}`);
		const found = ((await response.json()) as RoomObservation[]).at(-1);
		if (!found) throw new Error(`nobody knows the room ${name}`);
		return found;
	};
	return {
		line,
		identity,
		devices: { microphone, speaker },
		asked: () => asked,
		logged,
		speak: (ms) => mouth?.speak(ms) ?? Promise.reject(new Error('it has no mouth')),
		wake: (why) => wakes.forEach((listener) => listener(why)),
		observe,
		party: async (call) => {
			const [party] = (await observe(call)).parties;
			if (!party) throw new Error('nobody has come');
			return party;
		},
		control: async (what, body = {}) => {
			await fetch(`${livekit.httpUrl}/livekit/${what}`, { method: 'POST', body: JSON.stringify(body) });
		}
	};
}

/** Opens LiveKit lines that are closed after each test; then nothing may be left of them. */
export function handsets(liveNow: () => Live): (options?: Options) => Handset {
	let opened: Handset[] = [];
	afterEach(async () => {
		await Promise.all(opened.map(({ line }) => line.close()));
		opened = [];
		await expect.poll(liveNow, { timeout: 1000 }).toEqual({ tracks: 0, peerConnections: 0, sockets: 0 });
	});
	return (options) => {
		const handset = openLivekit(options);
		opened.push(handset);
		return handset;
	};
}
