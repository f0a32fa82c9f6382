import { readAnswer } from '#lib/config/token-answer.ts';
import { parseJson, said, valueAt } from '#lib/config/token-body.ts';
import type { TokenRequest } from '#lib/config/token-request.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { Secret } from '#lib/core/secret.ts';
import type { FetchAttempt, TokenEvidence } from '../types.ts';
import { claimsOf } from './claims.ts';
import { JWT_TEXT, type FetchSeen } from './fetch.ts';
import { shownUrl } from './shown.ts';

export interface ReadToken {
	readonly evidence: Partial<TokenEvidence>;
	readonly secret?: Secret;
	readonly serverUrl?: string;
	readonly identity?: string;
}

/** What the answer holds, without judging it. */
export function readToken(
	{ attempt, text }: FetchSeen,
	{ settings, request }: { readonly settings: TokenSettings; readonly request: TokenRequest }
): ReadToken {
	if (text === undefined) return { evidence: {} };
	const reason = said(text, settings.response)['said'];
	const parsed = parseJson(text);
	const shape = {
		...(parsed.ok ? keysOf(parsed.value) : {}),
		...(typeof reason === 'string' && !JWT_TEXT.test(text.trim()) ? { said: reason } : {})
	};
	if ((attempt.status ?? 0) >= 300) return { evidence: shape };
	const answer = readAnswer(text, request.kind, settings.response, {});
	if (!answer.ok) {
		if (answer.error.fault === 'token-endpoint.not-json') return { evidence: shape };
		const { path, found } = answer.error.facts;
		return {
			evidence: {
				...shape,
				tokenForm: found === 'empty' ? 'empty' : isNothing(found) ? 'missing' : 'wrong-type',
				...(typeof path === 'string' ? { jwtElsewhereAt: path } : {})
			}
		};
	}
	const { secret, serverUrl, identity } = answer.value;
	const token = secret.reveal();
	const { said: _said, ...rest } = shape;
	return {
		evidence: {
			...rest,
			tokenForm: JWT_TEXT.test(token) ? 'jwt' : 'text',
			...placeOf(token, parsed.ok ? parsed.value : text.trim(), settings.response.token),
			claims: claimsOf(token),
			receivedAt: attempt.at + attempt.ms,
			...(serverUrl === undefined ? {} : { serverUrl: shownUrl(serverUrl) })
		},
		secret,
		...(serverUrl === undefined ? {} : { serverUrl }),
		...(identity === undefined ? {} : { identity })
	};
}

const isNothing = (found: unknown): boolean => found === undefined || found === 'nothing' || found === 'null';

/** The beginning of an answer may be the token itself. */
export function withoutToken({ attempt, text }: FetchSeen): FetchAttempt {
	const { excerpt: _excerpt, ...rest } = attempt;
	return text !== undefined && /eyJ[\w-]{6,}\./.test(text) ? rest : attempt;
}

const MOST_KEYS = 30;

function keysOf(answer: unknown): { readonly keys?: readonly string[] } {
	const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
	if (!isObject(answer)) return {};
	const keys = Object.entries(answer).flatMap(([key, value]: [string, unknown]) => [
		key,
		...(isObject(value) ? Object.keys(value).map((inner) => `${key}.${inner}`) : [])
	]);
	return { keys: keys.slice(0, MOST_KEYS).map((key) => key.slice(0, 60)) };
}

function placeOf(token: string, answer: unknown, path: string | undefined): { readonly tokenAt?: string } {
	if (typeof answer === 'string') return { tokenAt: '' };
	if (path !== undefined && typeof valueAt(answer, path) === 'string') return { tokenAt: path };
	if (typeof answer !== 'object' || answer === null) return {};
	const found = Object.entries(answer).find(([, value]: [string, unknown]) => {
		return typeof value === 'string' && value.trim() === token;
	});
	return found ? { tokenAt: found[0] } : {};
}
