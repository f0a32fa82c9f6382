import { err, type Result } from '#lib/core/result.ts';
import type { WrittenConfig } from './own-config.ts';
import { readOffered, type Unreadable } from './offered-text.ts';

const NAME = '#setup=';
/** Far above what any messenger carries, and far below what would keep the page busy. */
const MOST_CHARACTERS = 64 * 1024;

/** Whether the fragment of an address is a set-up link's, in order or not. */
export const isSetupFragment = (fragment: string): boolean => fragment.startsWith(NAME);

/** What stands in `#setup=<base64url of a config>`. Never throws; what it gives is still to be judged. */
export function readSetupFragment(fragment: string): Result<WrittenConfig, Unreadable> {
	// Padding is not part of base64url, but some writers add it.
	const code = fragment.slice(NAME.length).replace(/={1,2}$/, '');
	if (code === '') return err({ why: 'empty' });
	if (code.length > MOST_CHARACTERS) return err({ why: 'too-long', limitKiB: MOST_CHARACTERS / 1024 });
	if (!/^[\w-]+$/.test(code) || code.length % 4 === 1) return err({ why: 'not-base64url' });
	const bytes = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
		char.charCodeAt(0)
	);
	try {
		return readOffered(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		return err({ why: 'not-utf8' });
	}
}

/** The fragment that {@link readSetupFragment} reads. */
export function setupFragment(config: WrittenConfig): string {
	const bytes = new TextEncoder().encode(JSON.stringify(config));
	const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
	return NAME + btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
