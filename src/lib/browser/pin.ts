import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';

/** OWASP Password Storage Cheat Sheet: PBKDF2 with HMAC-SHA-256. */
const PIN_ROUNDS = 600_000;
/** A slow tablet takes some seconds; whoever wrote a hundred times the rounds into the file is told that it is no use. */
const GIVE_UP_MS = 30_000;

const FORM = /^pbkdf2-sha256\$([1-9]\d{3,7})\$([\w-]+)\$([\w-]+)$/;
/** Less is guessed, or was cut off. */
const LEAST_BYTES = 16;

interface PinHash {
	readonly rounds: number;
	readonly salt: Uint8Array<ArrayBuffer>;
	readonly hash: Uint8Array<ArrayBuffer>;
}

/** What config.json has as `pinHash`; undefined for what no PIN can ever fit. */
export function readPinHash(text: string): PinHash | undefined {
	const [, rounds, salt, hash] = FORM.exec(text) ?? [];
	const bytes = { salt: fromBase64url(salt), hash: fromBase64url(hash) };
	if (!bytes.salt || !bytes.hash || bytes.hash.length < LEAST_BYTES) return undefined;
	return { rounds: Number(rounds), salt: bytes.salt, hash: bytes.hash };
}

/** `pbkdf2-sha256$<rounds>$<salt>$<hash>`, both base64url. */
export async function makePinHash(
	pin: string,
	salt = crypto.getRandomValues(new Uint8Array(16)),
	rounds = PIN_ROUNDS
): Promise<string> {
	const hash = await derive(pin, salt, rounds, 32);
	return `pbkdf2-sha256$${rounds}$${toBase64url(salt)}$${toBase64url(hash)}`;
}

/** Takes a while by design. Rejects with a LineError where it takes too long, or the page is not secure. */
export async function fitsPin(pin: string, { rounds, salt, hash }: PinHash, clock: Clock): Promise<boolean> {
	const late = () => new LineError('app.unexpected', { facts: { what: 'pin' } });
	const made = await deadline(derive(pin, salt, rounds, hash.length), GIVE_UP_MS, late, clock);
	// Every byte is looked at, wherever the first difference is.
	return made.reduce((differences, byte, at) => differences | (byte ^ (hash[at] ?? 0)), 0) === 0;
}

async function derive(pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number, bytes: number) {
	const subtle = crypto.subtle as SubtleCrypto | undefined;
	if (!subtle) throw new LineError('browser.insecure-page');
	const key = await subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
	const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
	return new Uint8Array(await subtle.deriveBits(how, key, bytes * 8));
}

function fromBase64url(text = ''): Uint8Array<ArrayBuffer> | undefined {
	try {
		const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
		return binary === '' ? undefined : Uint8Array.from(binary, (char) => char.charCodeAt(0));
	} catch {
		return undefined;
	}
}

const toBase64url = (bytes: Uint8Array): string =>
	btoa(String.fromCharCode(...bytes))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
