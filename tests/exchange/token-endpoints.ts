import { TOKENS, type TokenKind, type Tokens } from './tokens.ts';

export interface TokenRequest {
	readonly identity?: string | undefined;
	readonly query: URLSearchParams;
	readonly authorization?: string | undefined;
}

export interface Answer {
	readonly status: number;
	/** A string goes out as it is, all else as JSON. */
	readonly body: unknown;
	readonly type?: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Ms to wait before answering. */
	readonly delay?: number;
}

interface Endpoint {
	readonly what: string;
	answer(request: TokenRequest, good: () => string): Answer;
}

/** What `/token/bearer` wants to hear. */
export const BEARER = 'open-sesame';

const failing = (status: number, error: string): Endpoint => ({
	what: `Status ${status}, \`{"error":"${error}"}\``,
	answer: () => ({ status, body: { error } })
});

/** Endpoints that answer in a special way; each kind of `TOKENS` has one of its own name besides. */
export const ENDPOINTS = {
	text: {
		what: 'A good token as bare text',
		answer: (_request, good) => ({ status: 200, body: good(), type: 'text/plain' })
	},
	jwt: {
		what: 'A good token as `jwt`',
		answer: (_request, good) => ({ status: 200, body: { jwt: good() } })
	},
	elsewhere: {
		what: 'A good token where nobody looks for it: `data.credentials.voice`',
		answer: (_request, good) => ({ status: 200, body: { data: { credentials: { voice: good() } } } })
	},
	empty: { what: 'Status 200, `{}`', answer: () => ({ status: 200, body: {} }) },
	html: {
		what: 'Status 200 and a web page, as a wrong address often answers',
		answer: () => ({ status: 200, body: '<!doctype html><title>Welcome</title>', type: 'text/html' })
	},
	large: {
		what: '70 KiB of JSON',
		answer: (_request, good) => ({ status: 200, body: { token: good(), padding: 'x'.repeat(70 * 1024) } })
	},
	slow: {
		what: 'A good token after `?ms=` (default 3000)',
		answer: ({ query }, good) => ({
			status: 200,
			body: { token: good() },
			delay: Number(query.get('ms') ?? 3000)
		})
	},
	bearer: {
		what: `401 without \`Authorization: Bearer ${BEARER}\`, else a good token`,
		answer: ({ authorization }, good) =>
			authorization === `Bearer ${BEARER}`
				? { status: 200, body: { token: good() } }
				: { status: 401, body: { error: 'unauthorized' } }
	},
	redirect: {
		what: 'Redirects to another origin',
		answer: () => ({ status: 307, body: '', headers: { location: 'http://127.0.0.1:9/token' } })
	},
	'401': failing(401, 'unauthorized'),
	'403': failing(403, 'forbidden'),
	'404': failing(404, 'not found'),
	'405': failing(405, 'method not allowed'),
	'429': failing(429, 'too many requests'),
	'500': failing(500, 'it broke')
} satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;

/** Every path under `/token`, by name: the token kinds and the special answers. */
export function answerToken(name: string, request: TokenRequest, tokens: Tokens): Answer | undefined {
	const mint = (kind: TokenKind): string => {
		const ttl = Number(request.query.get('ttl'));
		return tokens.mint(kind, {
			...(request.identity ? { identity: request.identity } : {}),
			...(ttl > 0 ? { ttl } : {})
		});
	};
	if (Object.hasOwn(TOKENS, name)) return { status: 200, body: { token: mint(name as TokenKind) } };
	if (!Object.hasOwn(ENDPOINTS, name)) return undefined;
	return ENDPOINTS[name as EndpointName].answer(request, () => mint('good'));
}
