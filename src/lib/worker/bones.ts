/**
 * What changes from build to build wherever it stands: names of files with the hash of their content, the policy's hashes of
 * inline scripts, SvelteKit's global, and the version. One changed line gives its file a new name, and so a new content to
 * every file that imports it: without these names those files are what they were.
 */
const NAMES = /[\w-]{8}(?=\.(?:js|css)\b)|sha256-[\w+/]{43}=|__sveltekit_\w+|\d+\.\d+\.\d+\+[0-9a-f]{7,40}/g;
const GAP = '\0';

export interface Bones {
	/** The text with a gap for each name. */
	readonly bones: string;
	readonly names: readonly string[];
}

/** Takes a text apart; undefined where it has gaps of its own. */
export function bonesOf(text: string): Bones | undefined {
	if (text.includes(GAP)) return undefined;
	const names: string[] = [];
	const bones = text.replace(NAMES, (name) => {
		names.push(name);
		return GAP;
	});
	return { bones, names };
}

/** The text again, with these names. */
export const withNames = (bones: string, names: readonly string[]): string =>
	bones
		.split(GAP)
		.map((part, at) => (at === 0 ? part : `${names[at - 1] ?? ''}${part}`))
		.join('');
