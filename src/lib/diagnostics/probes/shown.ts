import { redact } from '#lib/core/redact.ts';
import type { ShownUrl, Thrown } from '../types.ts';

const LONGEST = 200;
/** Of longer texts only the beginning is looked at. */
const READ = 4_096;

/** Foreign text as evidence may hold it: redacted before it is cut, since half a secret would not be recognised. */
export function foreign(text: string): string {
	const clean = redact(text.slice(0, READ)).replace(/\s+/g, ' ').trim();
	return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean;
}

/** Fields in which servers name people. */
const PERSONAL =
	/^(?:identity|label|sub|from|to|caller|callee|participant|user|email|phone|(?:user|client|caller|display|friendly|full|first|last|participant)[_-]?(?:name|id|identity))$/i;

/** What a server has sent, as {@link foreign}; JSON without anybody's name in it. */
export function foreignData(text: string): string {
	return foreign(text.length > READ ? text : nameless(text));
}

function nameless(text: string): string {
	try {
		const data: unknown = JSON.parse(text);
		if (typeof data !== 'object') return text;
		return JSON.stringify(data, (name, value: unknown) =>
			PERSONAL.test(name) && (typeof value === 'string' || typeof value === 'number') ? '[name]' : value
		);
	} catch {
		return text;
	}
}

/** Scheme, host, port and path: user, query and fragment may be secrets. What is no URL is cut where they would begin. */
export function shownUrl(text: string): ShownUrl {
	try {
		const url = new URL(text);
		if (url.host !== '') return `${url.protocol}//${url.host}${path(url.pathname)}`;
	} catch {
		// As written, then.
	}
	return writtenUrl(text);
}

/** Piece by piece: a slash can be part of a secret, and must not be taken with it. */
const path = (text: string): string =>
	text
		.split('/')
		.map((piece) => foreign(piece))
		.join('/')
		.slice(0, LONGEST);

/** Scheme, host and port, as far as there are any. */
const BEGINNING = /^(?:[a-z][a-z\d+.-]*:\/\/)?[\w.:[\]-]*/i;

/**
 * An address as somebody has written it, without user, query and fragment. Its host stays, be it an IP address: whether it
 * is a private one decides what is wrong. Anything else that looks like a secret goes.
 */
export function writtenUrl(text: string): string {
	const bare = text.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//');
	const [beginning = ''] = BEGINNING.exec(bare) ?? [];
	const hides = redact(beginning).replaceAll('[ip]', '').includes('[');
	return hides ? foreign(bare) : `${beginning}${path(bare.slice(beginning.length))}`.slice(0, LONGEST);
}

/** Names of the query's parameters, in their order. */
export function queryNames(text: string): readonly string[] {
	try {
		return [...new URL(text).searchParams.keys()].map((name) => foreign(name).slice(0, 40));
	} catch {
		return [];
	}
}

/** What was thrown, whatever it was: OverconstrainedError is no Error everywhere. */
export function thrown(error: unknown): Thrown {
	const { name, message, constraint } = (error instanceof Object ? error : {}) as Readonly<
		Record<string, unknown>
	>;
	return {
		name: typeof name === 'string' ? name.slice(0, 60) : typeof error,
		message: typeof message === 'string' ? foreign(message) : '',
		...(typeof constraint === 'string' && constraint !== '' ? { constraint: constraint.slice(0, 40) } : {})
	};
}

/** The same server over http for ws, https for wss, and the other way round; everything else stays. */
export function httpTwin(url: string): string {
	return url.replace(/^ws(s?):/i, 'http$1:');
}

/** The same address with the other scheme of its family. */
export function otherScheme(url: string): string | undefined {
	const match = /^(ws|http)(s?):(.*)$/is.exec(url);
	if (!match) return undefined;
	const [, family = '', secure = '', rest = ''] = match;
	return `${family}${secure === '' ? 's' : ''}:${rest}`;
}
