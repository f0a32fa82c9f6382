import { err, ok, type Result } from './result.ts';

const LONGEST = 16_384;

/** The two readable parts of a JWT, as they stand there: nothing is verified, and every claim is foreign input. */
export interface Claims {
	readonly header: Readonly<Record<string, unknown>>;
	readonly payload: Readonly<Record<string, unknown>>;
}

/** `not-a-jwt`: not two or three dotted parts of base64url; `not-json`: a part that is no JSON object in UTF-8. */
export type ClaimsError = 'too-large' | 'not-a-jwt' | 'not-json';

/** Reads header and payload of a compact JWT of at most 16 KiB. Never throws; the error never quotes the text. */
export function decodeClaims(text: string): Result<Claims, ClaimsError> {
	if (text.length > LONGEST) return err('too-large');
	const parts = /^([\w-]+)\.([\w-]+)(?:\.[\w-]*)?$/.exec(text.trim());
	if (!parts) return err('not-a-jwt');
	const header = decodePart(parts[1] ?? '');
	const payload = decodePart(parts[2] ?? '');
	return header && payload ? ok({ header, payload }) : err('not-json');
}

function decodePart(part: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const bytes = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
		const text = new TextDecoder('utf-8', { fatal: true }).decode(
			Uint8Array.from(bytes, (char) => char.charCodeAt(0))
		);
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}
