import { afterEach, expect, inject } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import { decodeClaims } from '#lib/core/jwt.ts';
import type { Call, Line } from '#lib/core/line.ts';
import type { ChosenDevices, Clock, Log, Wake } from '#lib/core/ports.ts';
import { Secret } from '#lib/core/secret.ts';
import { CachedTokens } from '#lib/core/token-source.ts';
import { Cell, until } from '#lib/core/watched.ts';
import { open } from '#lib/lines/twilio/line.ts';
import type { TwilioSettings } from '#lib/lines/twilio/meta.ts';
import type { LineDeps } from '#lib/lines/module.ts';
import { PATIENCE, patience, reaches, ready } from './bench.ts';
import type { Live } from './live.ts';
import type { Observation, PhoneObservation } from '../exchange/observation.ts';

const { gateway, plainGateway, httpUrl } = inject('exchange');

/** Numbers of the exchange's plan, by their last three digits. */
export const number = (short: number) => ({ kind: 'number', value: `+12025550${String(short)}` }) as const;

export const clock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after: (ms, task) => {
		const timer = setTimeout(task, ms);
		return () => clearTimeout(timer);
	}
};

/** A clock on which ten seconds pass in one: for deadlines and back-offs. Wall time is left as it is. */
const hastyClock: Clock = {
	now: clock.now,
	monotonic: () => clock.monotonic() * 10,
	after: (ms, task) => clock.after(ms / 10, task)
};

export interface Options {
	/** The identity's first word, which decides how the exchange treats it. */
	readonly manner?: string;
	/** Path of the token endpoint, asked for each token. */
	readonly tokens?: () => string;
	readonly plain?: boolean;
	/** Runs the line on a clock that is ten times too fast. */
	readonly hasty?: boolean;
	/** In place of the page's monotonic clock, ms. */
	readonly monotonic?: () => number;
	readonly settings?: Partial<TwilioSettings>;
	readonly openMicrophone?: () => Promise<MediaStream>;
}

export interface Handset {
	readonly line: Line;
	readonly identity: string;
	readonly devices: { readonly microphone: Cell<string>; readonly speaker: Cell<string> };
	/** How many tokens have been asked for. */
	readonly asked: () => number;
	wake(why: Wake): void;
	/** What the exchange has seen and heard of the call. */
	observe(call: Call): Promise<Observation>;
	phone(): Promise<PhoneObservation | undefined>;
	ring(behaviour?: string, from?: string): Promise<string>;
	control(what: 'drop' | 'expire' | 'refuse', body?: object): Promise<unknown>;
}

let audio: AudioContext | undefined;

/** A Twilio line on the exchange, with an identity of its own. */
export function openTwilio(options: Options = {}): Handset {
	const identity = `${options.manner ?? 'alice'}_${crypto.randomUUID().slice(0, 8)}`;
	const wakes = new Set<(why: Wake) => void>();
	const microphone = new Cell('');
	const speaker = new Cell('');
	const devices: ChosenDevices = { microphone, speaker, ringer: new Cell('') };
	let asked = 0;
	const ask = async () => {
		asked++;
		const path = options.tokens?.() ?? 'good';
		const response = await fetch(
			`${httpUrl}/token/${path}${path.includes('?') ? '&' : '?'}identity=${identity}`
		);
		if (!response.ok) {
			throw new LineError(
				response.status === 500 ? 'token-endpoint.server-error' : 'token-endpoint.unauthorized'
			);
		}
		const { token } = (await response.json()) as { token: string };
		const claims = decodeClaims(token);
		const { iat, exp } = claims.ok ? claims.value.payload : {};
		return {
			secret: new Secret(token),
			...(typeof iat === 'number' ? { issuedAt: iat * 1000 } : {}),
			...(typeof exp === 'number' ? { expiresAt: exp * 1000 } : {})
		};
	};
	const deps: LineDeps = {
		clock: {
			...(options.hasty ? hastyClock : clock),
			...(options.monotonic ? { monotonic: options.monotonic } : {})
		},
		log: import.meta.env['VITE_LOG'] ? (...what: Parameters<Log>) => console.log(...what) : () => {},
		devices,
		audio: () => (audio ??= new AudioContext()),
		openMicrophone:
			options.openMicrophone ??
			(() =>
				navigator.mediaDevices.getUserMedia({
					audio: microphone.value ? { deviceId: microphone.value } : true
				})),
		silence: `${location.origin}/silence.wav`,
		tokens: () => new CachedTokens(ask, clock),
		onWake: (listener) => {
			wakes.add(listener);
			return () => void wakes.delete(listener);
		},
		newId: () => crypto.randomUUID(),
		version: '0.0.0'
	};
	const line = open(
		{
			id: 'desk',
			label: 'Desk',
			token: { url: '', method: 'POST', auth: 'none', headers: {}, style: 'snake', response: {} },
			edges: ['roaming'],
			gateway: options.plain ? plainGateway : gateway,
			incoming: true,
			expect: {},
			dial: { numberParam: 'To', callerIds: [], params: {} },
			...options.settings
		},
		deps
	);
	const post = async (path: string, body: object): Promise<unknown> => {
		const response = await fetch(`${httpUrl}/exchange/${path}`, {
			method: 'POST',
			body: JSON.stringify({ identity, ...body })
		});
		return response.json();
	};
	const get = async <T>(path: string): Promise<T> =>
		(await fetch(`${httpUrl}/exchange/${path}`)).json() as Promise<T>;
	return {
		line,
		identity,
		devices: { microphone, speaker },
		asked: () => asked,
		wake: (why) => wakes.forEach((listener) => listener(why)),
		observe: async (call) => {
			const all = await get<Observation[]>(`calls?identity=${identity}`);
			const found = all.find(({ sid }) => sid === call.reference.value);
			if (!found) throw new Error(`the exchange knows no call ${String(call.reference.value)}`);
			return found;
		},
		phone: async () => (await get<PhoneObservation[]>('phones')).find((phone) => phone.identity === identity),
		ring: async (behaviour = 'echo', from = '+12025550190') =>
			(
				(await post('ring', { behaviour, from, name: 'Ada Caller', params: { ticket: '4711' } })) as {
					sid: string;
				}
			).sid,
		control: (what, body = {}) => post(what, body)
	};
}

/** Opens Twilio lines that are closed after each test; then nothing may be left of them. */
export function phones(liveNow: () => Live): (options?: Options) => Handset {
	let opened: Handset[] = [];
	afterEach(async () => {
		await Promise.all(opened.map(({ line }) => line.close()));
		opened = [];
		await expect.poll(liveNow, { timeout: 1000 }).toEqual({ tracks: 0, peerConnections: 0, sockets: 0 });
	});
	return (options) => {
		const handset = openTwilio(options);
		opened.push(handset);
		return handset;
	};
}

/** A call that talks, to a number of the plan. */
export async function talk({ line }: Handset, short = 100): Promise<Call> {
	await ready(line);
	const call = await line.dial(number(short));
	await reaches(call, 'talking');
	return call;
}

/** The call that rings here, as soon as one does. */
export async function rung(line: Line): Promise<Call> {
	const ringing = (calls: readonly Call[]) => calls.find(({ state }) => state.value.phase === 'ringing');
	const calls = await until(line.calls, (now) => ringing(now) !== undefined, patience());
	const call = ringing(calls);
	if (!call) throw new Error('nobody rings');
	return call;
}

export const eventually = { timeout: PATIENCE };
