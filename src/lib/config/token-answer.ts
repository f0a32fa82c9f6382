import { LineError, type Fault, type FaultFacts } from '#lib/core/errors.ts';
import { err, ok, type Result } from '#lib/core/result.ts';
import { Secret } from '#lib/core/secret.ts';
import { kindOf, pathTo } from './check.ts';
import { bodyKind, parseJson, said, valueAt } from './token-body.ts';
import type { TokenRequest } from './token-request.ts';
import type { TokenSettings } from './token-settings.ts';

/** What a token endpoint gave. */
export interface TokenAnswer {
	readonly secret: Secret;
	readonly serverUrl?: string;
	readonly identity?: string;
}

/** Where each kind's endpoints put the token, in this order. */
const TOKEN_KEYS = {
	twilio: ['token', 'accessToken', 'jwt'],
	livekit: ['participant_token', 'participantToken', 'token', 'accessToken']
} as const;

const JWT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
const MOST_LEVELS = 8;

/**
 * Reads the body of a 2xx answer. Fails with `token-endpoint.not-json`, `.token-missing` or `.token-elsewhere` (its
 * facts say at which `path`). A JSON text counts as a bare token too; of a key that comes twice the last one counts.
 */
export function readAnswer(
	text: string,
	kind: TokenRequest['kind'],
	response: TokenSettings['response'],
	facts: FaultFacts
): Result<TokenAnswer, LineError> {
	const failure = (fault: Fault, more: FaultFacts) =>
		err(new LineError(fault, { facts: { ...facts, ...more } }));
	const body = text.trim();
	if (body === '') return failure('token-endpoint.token-missing', { found: 'nothing' });
	const parsed = JWT.test(body) ? ok(body) : parseJson(body);
	if (!parsed.ok) return failure('token-endpoint.not-json', { found: bodyKind(body) });
	const answer = parsed.value;
	const found =
		response.token !== undefined
			? valueAt(answer, response.token)
			: typeof answer === 'string' && JWT.test(answer)
				? answer
				: tokenIn(answer, TOKEN_KEYS[kind]);
	if (typeof found === 'string' && found.trim() !== '') {
		return ok({ secret: new Secret(found.trim()), ...besides(answer, kind, response) });
	}
	const path = findJwt(answer, '', MOST_LEVELS);
	if (path !== undefined) return failure('token-endpoint.token-elsewhere', { path });
	return failure('token-endpoint.token-missing', {
		...said(body, response),
		found: found === '' ? 'empty' : kindOf(found)
	});
}

/** The first of `keys` that holds a JWT, else the first that holds anything. */
function tokenIn(answer: unknown, keys: readonly string[]): unknown {
	const values = keys.map((key) => valueAt(answer, key)).filter((value) => value !== undefined);
	return (
		values.find((value) => typeof value === 'string' && JWT.test(value.trim())) ??
		values.find((value) => typeof value === 'string' && value !== '') ??
		values[0]
	);
}

function besides(answer: unknown, kind: TokenRequest['kind'], response: TokenSettings['response']) {
	const serverUrls = kind === 'livekit' ? ['server_url', 'serverUrl'] : [];
	const serverUrl = textAt(answer, response.serverUrl === undefined ? serverUrls : [response.serverUrl]);
	const identity = textAt(answer, [response.identity ?? 'identity']);
	return {
		...(serverUrl === undefined ? {} : { serverUrl }),
		...(identity === undefined ? {} : { identity })
	};
}

function textAt(answer: unknown, paths: readonly string[]): string | undefined {
	for (const path of paths) {
		const value = valueAt(answer, path);
		if (typeof value === 'string' && value !== '') return value.slice(0, 500);
	}
	return undefined;
}

/** Where a JWT stands, nearest to the top first. */
function findJwt(value: unknown, path: string, levels: number): string | undefined {
	if (typeof value === 'string') return JWT.test(value.trim()) ? path : undefined;
	if (typeof value !== 'object' || value === null || levels === 0) return undefined;
	const isList = Array.isArray(value);
	const inner = Object.entries(value).map(
		([key, one]: [string, unknown]) => [pathTo(path, isList ? Number(key) : key), one] as const
	);
	inner.sort(([, a], [, b]) => Number(typeof a === 'object') - Number(typeof b === 'object'));
	for (const [at, one] of inner) {
		const found = findJwt(one, at, levels - 1);
		if (found !== undefined) return found;
	}
	return undefined;
}
