import { mint, TOKENS, type TokenKind, type TokenRequest } from './tokens.ts';
import type { Keys } from './server.ts';

export interface Answer {
	readonly status: number;
	/** Text as it is; all else as JSON. */
	readonly body: unknown;
	readonly type?: string;
	/** Before it comes, ms. */
	readonly delay?: number;
}

export interface EndpointRequest {
	/** The body of a POST, else the query. */
	readonly fields: Readonly<Record<string, unknown>>;
	readonly query: URLSearchParams;
	readonly authorization: string | undefined;
	/** Where the room of the request is to be found. */
	readonly serverUrl: string;
	readonly keys: Keys;
}

interface Minted {
	readonly request: EndpointRequest;
	readonly room: string;
	readonly identity: string;
	readonly url: string;
	readonly token: string;
}

interface Endpoint {
	readonly what: string;
	answer(minted: Minted): Answer;
}

const ok = (body: unknown, status = 200): Answer => ({ status, body });
const refusal = (status: number, error: string): Endpoint => ({
	what: `Status ${status}, \`${JSON.stringify({ error })}\``,
	answer: () => ok({ error }, status)
});

/** How a token endpoint can answer, beside what its token is like. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
	camel: {
		what: '`{serverUrl, participantToken}`',
		answer: ({ url, token }) => ok({ serverUrl: url, participantToken: token })
	},
	'connection-details': {
		what: 'The older form: `{serverUrl, roomName, participantName, participantToken}`',
		answer: ({ url, token, room, identity }) =>
			ok({ serverUrl: url, roomName: room, participantName: identity, participantToken: token })
	},
	created: {
		what: 'As good, with status 201',
		answer: ({ url, token }) => ok({ server_url: url, participant_token: token }, 201)
	},
	'no-server-url': {
		what: '`{participant_token}` alone',
		answer: ({ token }) => ok({ participant_token: token })
	},
	token: { what: '`{token}` alone', answer: ({ token }) => ok({ token }) },
	'access-token': {
		what: '`{accessToken, url}`',
		answer: ({ token, url }) => ok({ accessToken: token, url })
	},
	text: { what: 'The token as bare text', answer: ({ token }) => ({ ...ok(token), type: 'text/plain' }) },
	elsewhere: {
		what: 'The token where nobody looks for it: `data.credentials.livekit`',
		answer: ({ token }) => ok({ data: { credentials: { livekit: token } } })
	},
	'bad-url': {
		what: 'A server URL without a scheme',
		answer: ({ url, token }) => ok({ server_url: url.replace('ws://', ''), participant_token: token })
	},
	'wrong-path': {
		what: 'A server URL that ends in `/rtc`',
		answer: ({ url, token }) => ok({ server_url: `${url}/rtc`, participant_token: token })
	},
	'dead-url': {
		what: 'A server URL where nothing listens',
		answer: ({ token }) => ok({ server_url: 'ws://127.0.0.1:9', participant_token: token })
	},
	empty: { what: 'Status 200, `{}`', answer: () => ok({}) },
	html: {
		what: 'Status 200 and a web page, as a wrong address often answers',
		answer: () => ({ ...ok('<!doctype html><title>Welcome</title><h1>It works</h1>'), type: 'text/html' })
	},
	slow: {
		what: 'As good, after `?ms=` (default 3000)',
		answer: ({ request, url, token }) => ({
			...ok({ server_url: url, participant_token: token }),
			delay: Number(request.query.get('ms') ?? 3000)
		})
	},
	bearer: {
		what: '401 without `Authorization: Bearer open-sesame`, else as good',
		answer: ({ request, url, token }) =>
			request.authorization === 'Bearer open-sesame'
				? ok({ server_url: url, participant_token: token })
				: ok({ error: 'unauthorized' }, 401)
	},
	'401': refusal(401, 'unauthorized'),
	'403': refusal(403, 'forbidden'),
	'404': refusal(404, 'not found'),
	'429': refusal(429, 'too many requests'),
	'500': refusal(500, 'it broke')
};

/** Answers `/livekit/token/NAME`; undefined when there is no such endpoint. */
export async function answerToken(name: string, request: EndpointRequest): Promise<Answer | undefined> {
	const isKind = Object.hasOwn(TOKENS, name);
	if (!isKind && !Object.hasOwn(ENDPOINTS, name)) return undefined;
	const asked = tokenRequest(request);
	const token = await mint(request.keys, isKind ? (name as TokenKind) : 'good', asked);
	const url = request.serverUrl;
	if (isKind) return ok({ server_url: url, participant_token: token });
	return ENDPOINTS[name]?.answer({ request, ...asked, url, token });
}

/** The name of the room that is asked for, in any of the usual spellings. */
export function roomAsked(fields: Readonly<Record<string, unknown>>): string | undefined {
	return text(fields['room_name'] ?? fields['roomName'] ?? fields['room']);
}

/** LiveKit's standard request, in snake_case or camelCase; what is missing is made up, as LiveKit's own examples do. */
function tokenRequest({ fields, query }: EndpointRequest): TokenRequest {
	const field = (snake: string, camel: string, short: string): unknown =>
		fields[snake] ?? fields[camel] ?? fields[short] ?? query.get(short) ?? undefined;
	const name = text(field('participant_name', 'participantName', 'name'));
	const metadata = text(field('participant_metadata', 'participantMetadata', 'metadata'));
	const attributes = object(fields['participant_attributes'] ?? fields['participantAttributes']);
	const config = object(fields['room_config'] ?? fields['roomConfig']);
	const ttl = Number(query.get('ttl'));
	return {
		room: roomAsked(fields) ?? `call-${made()}`,
		identity: text(field('participant_identity', 'participantIdentity', 'identity')) ?? `guest-${made()}`,
		...(name ? { name } : {}),
		...(metadata ? { metadata } : {}),
		...(attributes ? { attributes: attributes as Record<string, string> } : {}),
		...(config ? { config } : {}),
		...(ttl > 0 ? { ttl } : {})
	};
}

function made(): string {
	return Math.random().toString(36).slice(2, 12);
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function object(value: unknown): object | undefined {
	return typeof value === 'object' && value !== null ? value : undefined;
}
