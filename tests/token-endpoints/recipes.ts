import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { loadDenoFunction } from './deno-stand-in.ts';
import { fetchListener } from './fetch-listener.ts';
import { MinuteLimit } from './minute-limit.ts';
import { signInListener, SESSIONS } from './sign-in.ts';
import { twilioRuntime } from './twilio-runtime.ts';

/** The recipes of docs/token-endpoints, each run unmodified and reached over http. */
export const FOLDER = resolve(import.meta.dirname, '../../docs/token-endpoints');

export type Settings = Readonly<Record<string, string>>;

export const TWILIO_SETTINGS: Settings = {
	TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
	TWILIO_AUTH_TOKEN: 'not-a-real-auth-token',
	TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
	TWILIO_API_SECRET: 'not-a-real-api-secret',
	TWIML_APP_SID: `AP${'0'.repeat(32)}`,
	CALLER_IDS: '+15550100,+15550101',
	ALLOWED_PREFIXES: '+1, +34',
	BLOCKED_PREFIXES: '+1900,+1976',
	ANSWERED_BY: 'alice'
};
export const LIVEKIT_SETTINGS: Settings = {
	LIVEKIT_URL: 'wss://my-project.livekit.cloud',
	LIVEKIT_API_KEY: 'APInotreal',
	LIVEKIT_API_SECRET: 'not-a-real-secret-of-at-least-32-bytes',
	AGENTS: 'echo,support',
	ROOMS: 'standup'
};
/** Everybody who has a bearer, and it. */
export const BEARERS: Settings = {
	alice: 'secret-of-alice:with-a-colon',
	bob: 'secret-of-bob',
	carol: 'secret-of-carol'
};
const DOOR: Settings = {
	PHONE_ORIGINS: 'https://phone.example.com, http://localhost:4173',
	PEOPLE: Object.entries(BEARERS)
		.map((pair) => pair.join(':'))
		.join(','),
	BEHIND_PROXY: '1'
};

/** A recipe that answers. */
export interface RunningRecipe {
	readonly file: string;
	readonly kind: 'twilio' | 'livekit';
	readonly tokenUrl: string;
	/** Where Twilio's requests go here, and the address that Twilio itself would know. */
	readonly voice?: { readonly url: string; readonly publicUrl: string };
	/** What shows that somebody is `identity`. */
	bearerOf(identity: string): string;
	close(): Promise<void>;
}

interface Started {
	readonly listener: RequestListener;
	readonly tokenPath: string;
	readonly voicePath?: string;
	/** Where the world would find it; absent: where it is. */
	readonly publicUrl?: string;
	readonly bearerOf?: (identity: string) => string;
}

type Start = (settings: Settings, origin: string) => Promise<Started>;

const load = (file: string): Promise<unknown> => import(join(FOLDER, file));
const listenerOf = (server: Server) => server.listeners('request')[0] as RequestListener;

const nodeServer =
	(file: string, create: string): Start =>
	async (settings) => {
		const module = (await load(file)) as Record<string, (env: Settings) => Server>;
		const publicUrl = 'https://phone-server.example.com';
		const server = module[create]?.({ PUBLIC_URL: publicUrl, ...settings });
		if (!server) throw new Error(`${file} has no ${create}`);
		return { listener: listenerOf(server), tokenPath: '/token', voicePath: '/voice', publicUrl };
	};

const worker =
	(file: string): Start =>
	async (settings) => {
		const { default: script } = (await load(file)) as {
			default: { fetch(request: Request, env: object): Promise<Response> };
		};
		const limits = { PER_PERSON: new MinuteLimit(30), PER_ADDRESS: new MinuteLimit(120) };
		const publicUrl = 'https://phone.example.workers.dev';
		const listener = fetchListener(publicUrl, (request) => {
			const headers = new Headers(request.headers);
			headers.set('cf-connecting-ip', headers.get('x-forwarded-for') ?? '127.0.0.1');
			return script.fetch(new Request(request, { headers }), { ...settings, ...limits });
		});
		return { listener, tokenPath: '/token', voicePath: '/voice', publicUrl };
	};

const edgeFunction =
	(name: string): Start =>
	async (settings, origin) => {
		const env = { ...settings, SUPABASE_URL: origin, SUPABASE_ANON_KEY: 'anon-key' };
		const serve = await loadDenoFunction(() => load(`supabase/functions/${name}/index.ts`), env);
		// The platform takes its own part of the path away.
		const listener = fetchListener('http://edge-runtime', serve, (path) => path.replace('/functions/v1', ''));
		const path = `/functions/v1/${name}`;
		return {
			listener: signInListener('anon-key', listener),
			tokenPath: `${path}/token`,
			voicePath: `${path}/voice`,
			bearerOf: (identity) => SESSIONS.find((session) => session.identity === identity)?.token ?? ''
		};
	};

const twilioFunctions: Start = ({ TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, ...settings }) => {
	const env = { ...settings, ACCOUNT_SID: TWILIO_ACCOUNT_SID ?? '', AUTH_TOKEN: TWILIO_AUTH_TOKEN ?? '' };
	const publicUrl = 'https://phone-1234.twil.io';
	const listener = twilioRuntime(join(FOLDER, 'twilio-functions'), ['token', 'voice'], publicUrl, env);
	return Promise.resolve({ listener, tokenPath: '/token', voicePath: '/voice', publicUrl });
};

export const RECIPES = {
	'node/twilio.mjs': nodeServer('node/twilio.mjs', 'createEndpoints'),
	'twilio-functions/token.js': twilioFunctions,
	'cloudflare-worker/twilio.js': worker('cloudflare-worker/twilio.js'),
	'supabase/functions/twilio/index.ts': edgeFunction('twilio'),
	'node/livekit.mjs': nodeServer('node/livekit.mjs', 'createEndpoint'),
	'cloudflare-worker/livekit.js': worker('cloudflare-worker/livekit.js'),
	'supabase/functions/livekit/index.ts': edgeFunction('livekit')
} satisfies Record<string, Start>;

export type RecipeFile = keyof typeof RECIPES;
export const FILES = Object.keys(RECIPES) as RecipeFile[];
export const isLiveKit = (file: RecipeFile): boolean => file.includes('livekit');

/** Starts a recipe on loopback; `settings` are put over those above, an empty one counts as not set. */
export async function startRecipe(file: RecipeFile, settings: Settings = {}): Promise<RunningRecipe> {
	const kind = isLiveKit(file) ? 'livekit' : 'twilio';
	const vendor = kind === 'livekit' ? LIVEKIT_SETTINGS : TWILIO_SETTINGS;
	let listener: RequestListener = () => {};
	const server = createServer((request, response) => listener(request, response));
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const started = await RECIPES[file]({ ...DOOR, ...vendor, ...settings }, origin);
	({ listener } = started);
	const { tokenPath, voicePath, publicUrl = origin } = started;
	return {
		file,
		kind,
		tokenUrl: origin + tokenPath,
		...(kind === 'twilio' && voicePath !== undefined
			? { voice: { url: origin + voicePath, publicUrl: publicUrl + voicePath } }
			: {}),
		bearerOf: started.bearerOf ?? ((identity) => BEARERS[identity] ?? ''),
		close: () => {
			server.closeAllConnections();
			return new Promise((closed) => server.close(() => closed()));
		}
	};
}
