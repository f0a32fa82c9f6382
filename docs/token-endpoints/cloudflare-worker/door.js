// Who may ask, and how they are answered. Nothing here needs to be changed, unless you have a sign-in of your own.

const ALWAYS = { 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'origin' };
const MOST_CHARACTERS = 16_384;
const bytes = (text) => new TextEncoder().encode(text);
const base64url = (data) =>
	btoa(String.fromCharCode(...data)).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '');

/** 'a, b' as a list. */
export const list = (text = '') => text.split(',').flatMap((one) => one.trim() || []);

/** To be thrown: the status and the words with which a request is refused. */
export const refusal = (status, error, headers = {}) => Object.assign(new Error(error), { status, headers });

/** Takes as long whatever differs, so that nobody can guess letter by letter. */
async function isSame(one, other) {
	const digests = await Promise.all([one, other].map((text) => crypto.subtle.digest('SHA-256', bytes(text))));
	const [a, b] = digests.map((digest) => new Uint8Array(digest));
	return a.reduce((difference, byte, at) => difference | (byte ^ b[at]), 0) === 0;
}

/** Who in `people` ('alice:secret,bob:secret') has this bearer; never believe a name that the browser sends along. */
export async function personOf(bearer, people) {
	for (const person of list(people)) {
		const [, name, secret] = /^([\w.@-]{1,64}):(.+)$/.exec(person) ?? [];
		if (secret && (await isSame(secret, bearer))) return name;
	}
	throw refusal(401, 'this bearer is not known');
}

/** A JWT (HS256) with these claims. */
export async function sign(claims, secret, header = {}) {
	const hmac = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey('raw', bytes(secret), hmac, false, ['sign']);
	const parts = [{ ...header, alg: 'HS256', typ: 'JWT' }, claims];
	const text = parts.map((part) => base64url(bytes(JSON.stringify(part)))).join('.');
	return `${text}.${base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(text))))}`;
}

async function bodyOf(request) {
	const decoder = new TextDecoder();
	let body = '';
	for await (const chunk of request.body ?? []) {
		body += decoder.decode(chunk, { stream: true });
		if (body.length > MOST_CHARACTERS) throw refusal(413, 'too much was sent');
	}
	return body;
}

async function letIn(request, env, needed, headers, handle) {
	const origin = request.headers.get('origin');
	if (origin !== null) {
		if (!list(env.PHONE_ORIGINS).includes(origin)) throw refusal(403, 'this page may not ask');
		headers.set('access-control-allow-origin', origin);
		headers.set('access-control-allow-headers', 'authorization, content-type');
		headers.set('access-control-expose-headers', 'allow, date, retry-after');
	}
	if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
	if (request.method !== 'POST') throw refusal(405, 'send a POST', { allow: 'POST, OPTIONS' });
	const missing = needed.split(' ').filter((name) => !env[name]);
	if (missing.length > 0) throw refusal(500, `not set on the server: ${missing.join(', ')}`);
	const body = await bodyOf(request);
	const bearer = /^Bearer (.+)$/.exec(request.headers.get('authorization'))?.[1];
	return handle({
		body,
		bearer,
		json: (status, answer) => new Response(JSON.stringify(answer), { status, headers })
	});
}

/**
 * Answers preflights and refuses what is no POST, too long, or of a page that is not in `env.PHONE_ORIGINS`. For the rest
 * `handle` is called; what it throws becomes a JSON error. `needed` names what must be set in `env`.
 */
export async function atTheDoor(request, env, needed, handle) {
	const headers = new Headers(ALWAYS);
	try {
		return await letIn(request, env, needed, headers, handle);
	} catch (error) {
		let { status = 500, message } = error;
		if (error instanceof SyntaxError) [status, message] = [400, 'not JSON'];
		else if (!error.status) message = 'the token server has failed';
		for (const [header, value] of Object.entries(error.headers ?? {})) headers.set(header, value);
		return new Response(JSON.stringify({ error: message }), { status, headers });
	}
}
