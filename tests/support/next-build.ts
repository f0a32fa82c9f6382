import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stamp, stamped } from '../../src/lib/worker/stamp/stamp.ts';

export interface NextBuild {
	readonly folder: string;
	/** The file that holds the changed line, as it is called now. */
	readonly changed: string;
	remove(): void;
}

/**
 * A build in which one text of one file has been changed since `folder` was built: that file gets a new name, and with it
 * every file that names it, as a bundler does it.
 */
export async function nextBuild(folder: string, text: string, other: string): Promise<NextBuild> {
	const list = stamped(folder);
	if (!list) throw new Error(`${folder} has no service worker that knows its files.`);
	const next = mkdtempSync(join(tmpdir(), 'offhook-next-'));
	cpSync(folder, next, { recursive: true });
	const paths = readdirSync(next, { recursive: true, encoding: 'utf8' }).filter((path) =>
		/^_app\/immutable\/.*\.js$/.test(path)
	);
	const contents = new Map(paths.map((path) => [path, readFileSync(join(next, path), 'utf8')]));
	const first = paths.filter((path) => contents.get(path)?.includes(text));
	const [changed] = first;
	if (first.length !== 1 || !changed) throw new Error(`"${text}" stands in ${first.length} files.`);

	const renamed = new Set([changed]);
	for (let before = 0; before < renamed.size;) {
		before = renamed.size;
		for (const path of paths) {
			const names = [...renamed].map((one) => basename(one));
			if (names.some((name) => contents.get(path)?.includes(name))) renamed.add(path);
		}
	}
	const newName = new Map([...renamed].map((path) => [basename(path), turned(basename(path))]));
	const withNewNames = (content: string) =>
		[...newName].reduce((all, [from, to]) => all.replaceAll(from, to), content);

	for (const path of paths) {
		const content = contents.get(path) ?? '';
		const line = path === changed ? content.replace(text, other) : content;
		writeFileSync(join(next, path), withNewNames(line));
		if (renamed.has(path)) renameSync(join(next, path), join(next, withNewNames(path)));
	}
	for (const path of readdirSync(next, { recursive: true, encoding: 'utf8' })) {
		if (!path.endsWith('.html')) continue;
		const page = readFileSync(join(next, path), 'utf8');
		writeFileSync(join(next, path), withPolicyOf(withNewNames(page), page));
	}
	const kinds = new Map(
		Object.entries(list.byKind).flatMap(([kind, pieces]) =>
			pieces.map(({ url }) => [withNewNames(url), kind])
		)
	);
	const kept = new Set(list.shell.map(({ url }) => withNewNames(url)));
	await stamp(
		next,
		(path) =>
			kinds.get(path) ?? (path.startsWith('_app/immutable/') && !kept.has(path) ? 'online-only' : undefined)
	);
	return {
		folder: next,
		changed: withNewNames(changed),
		remove: () => rmSync(next, { recursive: true, force: true })
	};
}

const scriptHashes = (page: string): readonly string[] =>
	[...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = '']) =>
		createHash('sha256').update(script).digest('base64')
	);

/** The policy names the scripts that stand in the page by their hashes. */
function withPolicyOf(page: string, before: string): string {
	const hashes = scriptHashes(page);
	return scriptHashes(before).reduce((all, old, at) => all.replace(old, hashes[at] ?? old), page);
}

/** Another name of the same length: 'start.ab12CD34.js' becomes 'start.43DC21ba.js'. */
const turned = (name: string): string =>
	name.replace(/[\w-]{8}(?=\.js$)/, (hash) => [...hash].reverse().join(''));
