import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bonesOf } from '../bones.ts';
import { digest, type Piece, type PieceList } from '../pieces.ts';
import { recipe } from './recipe.ts';

const WORKER = 'service-worker.js';
const HEAD = 'self.offhookPieces=';
const CODE = '_app/immutable/';

/**
 * What no phone needs without a network, or must have fresh: the configuration and what describes it, which build is
 * published, what only an installation asks for, and what speaks to servers and search engines.
 */
const NOT_KEPT =
	/^(?:config(?:\.schema)?\.json|version\.json|_app\/version\.json|service-worker\.js|robots\.txt|manifest\.webmanifest|screenshots\/.*|icons\/.*|(?:.*\/)?\.[^/]*|.*\.(?:gz|br|map))$/;

export const ONLINE_ONLY = 'online-only';

/** A `link` to a stylesheet whose rules stand in the page: it is never fetched. */
const INLINED = /<link\b[^>]*\bhref="([^"]+\.css)"[^>]*\bdisabled\b/g;

/**
 * Tells the service worker of a finished build what the build consists of. May be done again.
 *
 * @param folder what a static host would get
 * @param kindOf the kind of line that alone needs a file; undefined for what every phone needs, {@link ONLINE_ONLY} for
 *   what is of no use without a network
 */
export async function stamp(folder: string, kindOf: (path: string) => string | undefined): Promise<void> {
	const list = await piecesOf(folder, kindOf);
	const code = workerCode(folder);
	writeFileSync(join(folder, WORKER), `${HEAD}${JSON.stringify(list)};\n${code}`);
}

/** What the worker of this build has been told; undefined where it has not been told anything. */
export function stamped(folder: string): PieceList | undefined {
	const [head = ''] = readFileSync(join(folder, WORKER), 'utf8').split('\n', 1);
	return head.startsWith(HEAD) ? (JSON.parse(head.slice(HEAD.length, -1)) as PieceList) : undefined;
}

function workerCode(folder: string): string {
	const code = readFileSync(join(folder, WORKER), 'utf8');
	return code.startsWith(HEAD) ? code.slice(code.indexOf('\n') + 1) : code;
}

async function piecesOf(folder: string, kindOf: (path: string) => string | undefined): Promise<PieceList> {
	const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((path) => path.replaceAll('\\', '/'))
		.filter((path) => !NOT_KEPT.test(path) && statSync(join(folder, path)).isFile())
		.sort();
	const read = (path: string) => readFileSync(join(folder, path));
	const pages = paths.filter((path) => path === 'index.html' || path.endsWith('/index.html'));
	const home = read('index.html').toString();
	const start = /_app\/immutable\/entry\/start\.[\w-]+\.js/.exec(home)?.[0];
	if (start === undefined) throw new Error('The page of the base does not name the file that starts it.');

	const unread = new Set(inlinedEverywhere(pages.map((path) => read(path).toString())));
	const names: string[] = [];
	const placeOf = new Map<string, number>();
	const place = (name: string) => {
		const known = placeOf.get(name) ?? names.push(name) - 1;
		placeOf.set(name, known);
		return known;
	};

	const shell: Piece[] = [];
	const byKind: Record<string, Piece[]> = {};
	const homeFirst = ['index.html', ...paths.filter((path) => path !== 'index.html')];
	for (const path of homeFirst) {
		if (unread.has(path)) continue;
		const content = new Uint8Array(read(path));
		const text = read(path).toString();
		const isPage = pages.includes(path);
		const hash = await digest(content);
		if (isPage && path !== 'index.html') {
			const url = path.slice(0, -'index.html'.length);
			shell.push({ url, kind: 'page', hash, recipe: recipe(home, text) });
			continue;
		}
		const kind = isPage ? 'page' : path.startsWith(CODE) ? 'code' : 'file';
		const bones = kind === 'file' ? undefined : bonesOf(text);
		const piece: Piece = {
			url: isPage ? '' : path,
			kind,
			hash,
			...(bones ? { bones: await digest(bones.bones), names: bones.names.map(place) } : {})
		};
		const own = kindOf(path);
		if (own === ONLINE_ONLY) continue;
		(own === undefined ? shell : (byKind[own] ??= [])).push(piece);
	}
	return { start, names, shell, byKind };
}

/** Paths of the styles that every page carries in itself. */
function inlinedEverywhere(pages: readonly string[]): readonly string[] {
	const [first = [], ...rest] = pages.map((page) =>
		[...page.matchAll(INLINED)].map((match) => (match[1] ?? '').replace(/^(?:\.\.?\/)+/, ''))
	);
	return first.filter((path) => rest.every((others) => others.includes(path)));
}
