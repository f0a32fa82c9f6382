import type { Problem } from '#lib/config/problem.ts';
import type { Configuration } from '../types.ts';
import { pageGatherer, type PageDeps } from './page.ts';

/** config.json as a whole: whether it is in force, and what is wrong with it. */
export const configuration = ({ config, lines }: PageDeps) =>
	pageGatherer('configuration', 0, async (): Promise<Configuration> => {
		const { source, error, problems, config: now } = config();
		const { open, setAside } = lines();
		return {
			source,
			...(error ? { error: { fault: error.fault, facts: error.facts } } : {}),
			problems,
			...ofNobody(problems, [...now.lines, ...(now.probesSetAside ?? [])]),
			lines: open,
			linesSetAside: setAside
		};
	});

/** Errors within a list whose entry nobody stands for; those of a probe in order can only be warnings. */
function ofNobody(
	problems: readonly Problem[],
	known: readonly { readonly path: string }[]
): Pick<Configuration, 'ofNobody'> {
	const left = problems.filter(({ severity, path }) => {
		const [entry] = /^(?:lines|probes)\[\d+\]/.exec(path) ?? [];
		return severity === 'error' && entry !== undefined && !known.some((one) => one.path === entry);
	});
	return left.length > 0 ? { ofNobody: left } : {};
}
