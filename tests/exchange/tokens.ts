import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import twilio from 'twilio';
import type { GatewayError } from './frames.ts';

const { AccessToken } = twilio.jwt;

/** What a token can be like. */
export const TOKENS = {
	good: 'Voice grant for calls both ways, 1 h',
	short: 'As good, for `?ttl=` seconds (default 20)',
	expired: 'Expired a minute ago',
	'wrong-secret': 'Signed with another secret',
	'wrong-issuer': 'Issued by the account SID instead of an API key',
	'no-grant': 'No voice grant at all',
	'no-outgoing': 'No application for outgoing calls',
	'no-incoming': 'Incoming calls not allowed',
	'no-identity': 'No identity',
	'not-yet-valid': 'Valid from an hour ahead',
	'too-long': 'Valid for 25 h',
	malformed: 'Not a JWT'
} as const;

export type TokenKind = keyof typeof TOKENS;

export interface MintOptions {
	readonly identity?: string;
	/** Seconds. */
	readonly ttl?: number;
}

/** An account's names and the secret that its tokens are signed with. */
export interface AccountSettings {
	readonly accountSid: string;
	readonly apiKey: string;
	readonly apiSecret: string;
	readonly twimlAppSid: string;
}

/** What a `listen` has proved. */
export interface Claims {
	readonly identity: string;
	/** Unix time, seconds. */
	readonly expiresAt: number;
	readonly outgoing: boolean;
	readonly incoming: boolean;
}

interface Payload {
	readonly iss?: string;
	readonly sub?: string;
	readonly iat?: number;
	readonly nbf?: number;
	readonly exp?: number;
	readonly grants?: {
		readonly identity?: string;
		readonly voice?: {
			readonly incoming?: { readonly allow?: boolean };
			readonly outgoing?: { readonly application_sid?: string };
		};
	};
}

const DAY_S = 86_400;

/** One invented account with an API key: mints tokens with Twilio's own library and checks those that come back. */
export class Tokens {
	readonly account = sid('AC');
	readonly #key = sid('SK');
	readonly #application = sid('AP');
	readonly #secret = randomBytes(16).toString('hex');
	/** How far this account's clock is ahead of the machine's, ms. */
	aheadMs = 0;

	/** What this account's clock says: Unix time, seconds. */
	get now(): number {
		return (Date.now() + this.aheadMs) / 1000;
	}

	/** What a token server of this account is configured with. */
	get settings(): AccountSettings {
		return {
			accountSid: this.account,
			apiKey: this.#key,
			apiSecret: this.#secret,
			twimlAppSid: this.#application
		};
	}

	mint(
		kind: TokenKind,
		{ identity = 'sandbox', ttl = kind === 'short' ? 20 : 3600 }: MintOptions = {}
	): string {
		if (kind === 'malformed') return 'this-is.not-a-token';
		const now = Math.floor(Date.now() / 1000);
		const secret = kind === 'wrong-secret' ? randomBytes(16).toString('hex') : this.#secret;
		const token = new AccessToken(this.account, kind === 'wrong-issuer' ? this.account : this.#key, secret, {
			identity,
			ttl: kind === 'expired' ? -60 : kind === 'too-long' ? DAY_S + 3600 : ttl,
			...(kind === 'not-yet-valid' ? { nbf: now + 3600 } : {})
		});
		if (kind === 'no-identity') token.identity = undefined as unknown as string;
		if (kind !== 'no-grant') {
			token.addGrant(
				new AccessToken.VoiceGrant({
					...(kind === 'no-outgoing' ? {} : { outgoingApplicationSid: this.#application }),
					incomingAllow: kind !== 'no-incoming'
				})
			);
		}
		return this.aheadMs === 0 ? token.toJwt() : moved(token.toJwt(), this.aheadMs / 1000, secret);
	}

	/** What the token proves, or the raw code that Twilio documents for what is wrong with it. */
	check(token: string | undefined, now = this.now): Claims | GatewayError {
		if (!token) return { code: 31102, message: 'Authorization token missing in request' };
		const payload = decode(token);
		if (!payload) return { code: 31204, message: 'Invalid JWT token' };
		const { iss, sub, exp = 0, iat = 0, nbf = 0, grants = {} } = payload;
		if (iss !== this.#key || sub !== this.account)
			return { code: 31204, message: 'Invalid issuer or subject' };
		if (!this.#signed(token)) return { code: 31202, message: 'Signature validation failed' };
		if (exp - iat > DAY_S) return { code: 31207, message: 'JWT token expiration too long' };
		if (exp <= now) return { code: 31205, message: 'JWT token expired' };
		if (nbf > now) return { code: 31204, message: 'JWT token not yet valid' };
		const { identity, voice } = grants;
		if (!voice || !identity) return { code: 31204, message: `No ${voice ? 'identity' : 'voice grant'}` };
		if (!/^[\w.~%-]{1,121}$/.test(identity)) return { code: 31105, message: 'Invalid client name' };
		return {
			identity,
			expiresAt: exp,
			outgoing: Boolean(voice.outgoing?.application_sid),
			incoming: voice.incoming?.allow === true
		};
	}

	#signed(token: string): boolean {
		const [head = '', body = '', signature = ''] = token.split('.');
		const expected = hmac(`${head}.${body}`, this.#secret);
		const given = Buffer.from(signature, 'base64url');
		return given.length === expected.length && timingSafeEqual(given, expected);
	}
}

const hmac = (text: string, secret: string): Buffer => createHmac('sha256', secret).update(text).digest();

/** The token as it would be, had it been made that many seconds later; the library knows the machine's clock only. */
function moved(token: string, seconds: number, secret: string): string {
	const [head = ''] = token.split('.');
	const payload = { ...decode(token) };
	for (const time of ['iat', 'nbf', 'exp'] as const) {
		const at = payload[time];
		if (at !== undefined) Object.assign(payload, { [time]: Math.floor(at + seconds) });
	}
	const signed = `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
	return `${signed}.${hmac(signed, secret).toString('base64url')}`;
}

function decode(token: string): Payload | undefined {
	const parts = token.split('.');
	if (parts.length !== 3) return undefined;
	try {
		const [head, body] = parts
			.slice(0, 2)
			.map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as unknown);
		const { alg } = head as { alg?: unknown };
		return alg === 'HS256' && typeof body === 'object' && body !== null ? body : undefined;
	} catch {
		return undefined;
	}
}

function sid(prefix: string): string {
	return prefix + randomBytes(16).toString('hex');
}
