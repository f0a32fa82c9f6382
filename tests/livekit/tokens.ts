import { createHmac, randomBytes } from 'node:crypto';
import { AccessToken, RoomConfiguration, TrackSource, type VideoGrant } from 'livekit-server-sdk';
import type { Keys } from './server.ts';

/** What a token can be like. */
export const TOKENS = {
	good: 'May join, speak, listen and write, 1 h',
	short: 'As good, for `?ttl=` seconds (default 20); the server allows 60 s more',
	expired: 'Expired two minutes ago',
	'not-yet-valid': 'Valid from an hour ahead',
	'wrong-secret': 'Signed with another secret',
	'unknown-key': 'Issued by a key that the server does not know',
	'no-join': 'Without the right to join',
	'no-room': 'Names no room',
	'listen-only': '`canPublish` is false',
	'camera-only': '`canPublishSources` without the microphone',
	'no-data': '`canPublishData` is false: no text',
	'other-room': 'For a room beside the one that was asked for',
	admin: 'With `roomAdmin`, which no browser should have',
	malformed: 'Not a JWT'
} as const;

export type TokenKind = keyof typeof TOKENS;

/** The standard request of a token endpoint, as far as it is used here. */
export interface TokenRequest {
	readonly room: string;
	readonly identity: string;
	readonly name?: string;
	readonly metadata?: string;
	readonly attributes?: Record<string, string>;
	/** As it came, in snake_case or camelCase; an agent is asked for in it. */
	readonly config?: object;
	/** Seconds. */
	readonly ttl?: number;
}

/** A token made by LiveKit's own library. */
export async function mint(keys: Keys, kind: TokenKind, asked: TokenRequest): Promise<string> {
	if (kind === 'malformed') return 'this-is.not-a-token';
	const { room, identity, name, metadata, attributes, config } = asked;
	const token = new AccessToken(
		kind === 'unknown-key' ? 'APIunknown' : keys.key,
		kind === 'wrong-secret' ? randomBytes(24).toString('hex') : keys.secret,
		{
			identity,
			ttl: asked.ttl ?? (kind === 'short' ? 20 : 3600),
			...(name ? { name } : {}),
			...(metadata ? { metadata } : {}),
			...(attributes ? { attributes } : {})
		}
	);
	token.addGrant(grant(kind, room));
	if (config) token.roomConfig = RoomConfiguration.fromJson(config as never, { ignoreUnknownFields: true });
	const jwt = await token.toJwt();
	const now = Math.floor(Date.now() / 1000);
	if (kind === 'expired') return signAnew(jwt, { nbf: now - 3600, exp: now - 120 }, keys);
	if (kind === 'not-yet-valid') return signAnew(jwt, { nbf: now + 3600, exp: now + 7200 }, keys);
	return jwt;
}

function grant(kind: TokenKind, room: string): VideoGrant {
	return {
		roomJoin: kind !== 'no-join',
		...(kind === 'no-room' ? {} : { room: kind === 'other-room' ? `${room}-beside` : room }),
		canPublish: kind !== 'listen-only',
		canSubscribe: true,
		canPublishData: kind !== 'no-data',
		...(kind === 'camera-only' ? { canPublishSources: [TrackSource.CAMERA] } : {}),
		...(kind === 'admin' ? { roomAdmin: true } : {})
	};
}

/** The library always begins now. */
function signAnew(jwt: string, times: { nbf: number; exp: number }, { secret }: Keys): string {
	const [head = '', body = ''] = jwt.split('.');
	const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
	const fresh = Buffer.from(JSON.stringify({ ...payload, ...times })).toString('base64url');
	const signature = createHmac('sha256', secret).update(`${head}.${fresh}`).digest('base64url');
	return `${head}.${fresh}.${signature}`;
}
