import { decodeClaims } from '#lib/core/jwt.ts';
import type { Claims, Json } from '../types.ts';

/** The readable parts of a token, as they stand there; its signature goes nowhere. */
export function claimsOf(token: string): Claims {
	const claims = decodeClaims(token);
	if (!claims.ok) return { error: claims.error, length: token.length };
	const { header, payload } = claims.value;
	return { length: token.length, header: header as Fields, payload: payload as Fields };
}

/** What JSON.parse gives. */
type Fields = Readonly<Record<string, Json>>;
