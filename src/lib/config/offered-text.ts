import { err, ok, type Result } from '#lib/core/result.ts';
import { jsonErrorPlace } from './json-place.ts';
import type { WrittenConfig } from './own-config.ts';

/** Why a text is no config, with its facts for the words. */
export type Unreadable =
	| { readonly why: 'empty' | 'no-object' | 'strange-key' }
	| { readonly why: 'too-long'; readonly limitKiB: number }
	| { readonly why: 'too-deep'; readonly limit: number }
	| { readonly why: 'not-json'; readonly line: number; readonly column: number }
	| { readonly why: 'not-base64url' }
	| { readonly why: 'not-utf8' };

/** As for config.json itself. */
const MOST_CHARACTERS = 256 * 1024;
/** A request body of a token block may be 16 deep, and stands four levels below the top. */
const DEEPEST = 24;
/** Harmless to us, who never assign by a foreign key; nobody writes them with good intent. */
const STRANGE: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** Reads the JSON of somebody else. Never throws; what it gives is still to be judged. */
export function readOffered(text: string): Result<WrittenConfig, Unreadable> {
	const written = text.replace(/^\ufeff/, '');
	if (written.trim() === '') return err({ why: 'empty' });
	if (written.length > MOST_CHARACTERS) return err({ why: 'too-long', limitKiB: MOST_CHARACTERS / 1024 });
	const place = jsonErrorPlace(written);
	if (place) return err({ why: 'not-json', ...place });
	const raw: unknown = JSON.parse(written);
	if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return err({ why: 'no-object' });
	const trouble = troubleIn(raw);
	return trouble ? err(trouble) : ok(raw as WrittenConfig);
}

/** Without recursion: the depth is what is in question. */
function troubleIn(raw: object): Unreadable | undefined {
	const left: { readonly value: object; readonly depth: number }[] = [{ value: raw, depth: 1 }];
	for (let next = left.pop(); next; next = left.pop()) {
		if (next.depth > DEEPEST) return { why: 'too-deep', limit: DEEPEST };
		for (const [key, value] of Object.entries(next.value) as [string, unknown][]) {
			if (STRANGE.includes(key)) return { why: 'strange-key' };
			if (typeof value === 'object' && value !== null) left.push({ value, depth: next.depth + 1 });
		}
	}
	return undefined;
}
