import type { RequestListener } from 'node:http';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const session = (sub: string) =>
	`${part({ alg: 'ES256' })}.${part({ sub, role: 'authenticated' })}.c2lnbmF0dXJl`;

interface Session {
	readonly token: string;
	/** Under which the recipes should know the user. */
	readonly identity: string;
	readonly user: object;
}

const named = (identity: string): Session => ({
	token: session(identity),
	identity,
	user: { id: `id-of-${identity}`, app_metadata: { phone_identity: identity } }
});

/** Who is signed in. */
export const SESSIONS: readonly Session[] = [
	...['alice', 'bob', 'carol'].map(named),
	{ token: session('nameless'), identity: '7b1c_11_4a', user: { id: '7b1c-11-4a', app_metadata: {} } },
	// What users write about themselves is not believed.
	{
		token: session('pretender'),
		identity: '9d_0',
		user: { id: '9d-0', app_metadata: {}, user_metadata: { phone_identity: 'alice' } }
	},
	{
		token: session('misnamed'),
		identity: '',
		user: { id: 'x', app_metadata: { phone_identity: 'a\r\nb <c>' } }
	}
];

/** Stands in for the server that knows a Supabase project's sessions; all other requests are for `next`. */
export function signInListener(apiKey: string, next: RequestListener): RequestListener {
	return (request, response) => {
		if (request.url !== '/auth/v1/user') return next(request, response);
		const bearer = request.headers.authorization?.replace('Bearer ', '');
		const known = SESSIONS.find(({ token }) => token === bearer);
		if (request.headers['apikey'] !== apiKey) response.writeHead(401).end('{"message":"No API key found"}');
		else if (!known) response.writeHead(403).end('{"code":403,"error_code":"bad_jwt"}');
		else response.end(JSON.stringify(known.user));
	};
}
