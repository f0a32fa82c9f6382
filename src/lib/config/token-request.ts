import { LineError } from '#lib/core/errors.ts';
import { err, ok, type Result } from '#lib/core/result.ts';
import type { TokenSettings } from './token-settings.ts';
import { resolveUrl } from './url-rule.ts';

/** What a token is asked for; fills the templates of the token block. */
export interface TokenRequest {
	readonly kind: 'twilio' | 'livekit';
	readonly line: string;
	readonly identity?: string;
	readonly room?: string;
	readonly agentName?: string;
	/** JSON text that goes to the agent of that name with its invitation. */
	readonly agentMetadata?: string;
}

/** A request ready for the wire, but for the bearer, which only the wire sees. */
export interface FilledRequest {
	readonly url: URL;
	readonly method: 'POST' | 'GET';
	readonly headers: Readonly<Record<string, string>>;
	/** JSON; absent: no body. */
	readonly body?: string;
}

/**
 * Contract, section 2: an own `body` or `query` replaces the kind's fields, which otherwise travel in the body of a POST
 * or the query of a GET. `pageUrl` is what a relative address is relative to. Fails with `token-endpoint.insecure`.
 */
export function fillRequest(
	settings: TokenSettings,
	request: TokenRequest,
	pageUrl: string
): Result<FilledRequest, LineError> {
	const url = resolveUrl(settings.url, pageUrl);
	if (!url) return err(new LineError('token-endpoint.insecure', { facts: { url: settings.url } }));
	const isPost = settings.method === 'POST';
	const isOwn = settings.query !== undefined || settings.body !== undefined;
	const fields = fieldsOf(request, settings.style);

	const query = encode(isOwn ? fillFields(settings.query ?? {}, request) : isPost ? {} : fields);
	if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`;

	const headers: Record<string, string> = { accept: 'application/json, text/plain;q=0.9, */*;q=0.1' };
	for (const [name, value] of Object.entries(settings.headers)) headers[name.toLowerCase()] = value;
	const body = isPost ? (isOwn ? fill(settings.body, request) : fields) : undefined;
	if (body === undefined) return ok({ url, method: settings.method, headers });
	headers['content-type'] = 'application/json';
	return ok({ url, method: settings.method, headers, body: JSON.stringify(body) });
}

/** What the endpoints in use today expect of each kind. */
function fieldsOf(request: TokenRequest, style: TokenSettings['style']): Readonly<Record<string, unknown>> {
	const { kind, identity, room, agentName, agentMetadata: metadata } = request;
	if (kind === 'twilio') return defined({ identity });
	if (style === 'camel') {
		const roomConfig = agentName === undefined ? undefined : { agents: [defined({ agentName, metadata })] };
		return defined({ roomName: room, participantIdentity: identity, participantName: identity, roomConfig });
	}
	const room_config =
		agentName === undefined ? undefined : { agents: [defined({ agent_name: agentName, metadata })] };
	return defined({
		room_name: room,
		participant_identity: identity,
		participant_name: identity,
		room_config
	});
}

function defined(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Percent-encoded; whatever is not text goes as JSON. */
function encode(fields: object): string {
	const query = new URLSearchParams();
	for (const [key, value] of Object.entries(fields)) {
		query.append(key, typeof value === 'string' ? value : JSON.stringify(value));
	}
	return query.toString().replaceAll('+', '%20');
}

/** Puts the templates' values into every text of `value`. A key whose text asks for an unset one is dropped. */
function fill(value: unknown, request: TokenRequest): object | string | number | boolean | null | undefined {
	if (typeof value === 'string') return fillText(value, request);
	if (Array.isArray(value)) {
		return value.map((inner) => fill(inner, request)).filter((inner) => inner !== undefined);
	}
	if (typeof value === 'object' && value !== null) return fillFields(value, request);
	return value as number | boolean | null | undefined;
}

function fillFields(fields: object, request: TokenRequest): object {
	const entries = Object.entries(fields).map(([key, inner]) => [key, fill(inner, request)] as const);
	return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

function fillText(text: string, request: TokenRequest): string | undefined {
	let isComplete = true;
	const filled = text.replace(/\{(identity|room|line|agentName)\}/g, (_, name: keyof TokenRequest) => {
		const value = request[name];
		if (value === undefined) isComplete = false;
		return value ?? '';
	});
	return isComplete ? filled : undefined;
}
