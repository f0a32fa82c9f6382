/** Vite's manifest of the client, as far as it is needed. */
export type ChunkManifest = Readonly<
	Record<
		string,
		{
			readonly file: string;
			readonly imports?: readonly string[];
			readonly dynamicImports?: readonly string[];
			readonly css?: readonly string[];
		}
	>
>;

/**
 * The files that nothing needs but the modules whose source matches: what a phone without a line of that kind never loads.
 * Paths below the build's folder.
 */
export function ownChunks(manifest: ChunkManifest, source: RegExp): ReadonlySet<string> {
	const isDoor = (key: string) => source.test(key);
	const everything = Object.keys(manifest);
	const isImported = new Set(
		everything.flatMap((key) => [...(manifest[key]?.imports ?? []), ...(manifest[key]?.dynamicImports ?? [])])
	);
	const roots = everything.filter((key) => !isImported.has(key) && !isDoor(key));
	const elsewhere = filesFrom(manifest, roots, isDoor);
	const own = filesFrom(manifest, everything.filter(isDoor), () => false);
	return new Set([...own].filter((file) => !elsewhere.has(file)));
}

function filesFrom(
	manifest: ChunkManifest,
	from: readonly string[],
	isClosed: (key: string) => boolean
): ReadonlySet<string> {
	const seen = new Set<string>();
	const files = new Set<string>();
	const queue = [...from];
	for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
		const chunk = manifest[key];
		if (!chunk || seen.has(key)) continue;
		seen.add(key);
		for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
		const next = [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])];
		queue.push(...next.filter((one) => !isClosed(one)));
	}
	return files;
}
