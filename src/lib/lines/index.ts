import type { RawLine } from '#lib/config/config.ts';
import { problem } from '#lib/config/check.ts';
import { pathTo } from '#lib/config/check.ts';
import type { Problem } from '#lib/config/problem.ts';
import type { Line } from '#lib/core/line.ts';
import type { GathererDeps, LineBase, LineDeps, LineGatherer, LineModule } from './module.ts';
import { livekit } from './livekit/meta.ts';
import { practice } from './practice/meta.ts';
import { twilio } from './twilio/meta.ts';

/** Every kind of line that this version carries. A new kind is added here and nowhere else. */
export const LINE_MODULES: readonly LineModule<LineBase>[] = [practice, twilio, livekit];

/** A line whose entry is in order. */
export interface ReadLine {
	readonly kind: string;
	readonly settings: LineBase;
	/** Brings the kind's code, then opens the line; rejects only when the code does not arrive. */
	open(deps: LineDeps): Promise<Line>;
	/** What the checkup observes of it; rejects only when the code for that does not arrive. */
	gatherers(deps: GathererDeps): Promise<readonly LineGatherer[]>;
}

/** Reads every entry by its kind. An entry with errors, or of a kind that is not carried, is left out with its problems. */
export function readLines(entries: readonly RawLine[]): {
	readonly lines: readonly ReadLine[];
	readonly problems: readonly Problem[];
} {
	const lines: ReadLine[] = [];
	const problems: Problem[] = [];
	for (const entry of entries) {
		const module = LINE_MODULES.find(({ kind }) => kind === entry.kind);
		if (!module) {
			problems.push(unknownKind(entry));
			continue;
		}
		const parsed = module.parse(entry.raw, entry.path);
		problems.push(...parsed.warnings);
		if (parsed.ok) lines.push(readLine(module, parsed.value));
		else problems.push(...parsed.error);
	}
	return { lines, problems };
}

function readLine<S extends LineBase>(module: LineModule<S>, settings: S): ReadLine {
	const open = async (deps: LineDeps) => (await module.load()).open(settings, deps);
	const gatherers = (deps: GathererDeps) => module.gatherers(settings, deps);
	return { kind: module.kind, settings, open, gatherers };
}

function unknownKind({ kind, path }: RawLine): Problem {
	const allowed = LINE_MODULES.map((module) => `"${module.kind}"`).join(' | ');
	return problem(pathTo(path, 'kind'), 'unknown-kind', { found: kind, allowed });
}
