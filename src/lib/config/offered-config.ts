import { pathTo, problem } from './check.ts';
import type { Config } from './config.ts';
import {
	isWritten,
	LINE_TOKEN,
	OWN_KEYS,
	SITE_DIALLING,
	SITE_LINE,
	type WrittenConfig
} from './own-config.ts';
import { parseConfig } from './parse-config.ts';
import type { Problem } from './problem.ts';

/** Sections that are judged where they stand: in the site's own file. */
const SITE_KEYS: readonly string[] = ['kiosk', 'locked', 'embed', 'configRefreshMinutes', 'checkup'];

/**
 * Judges a config that comes by a link, a file or a form: by the schema of config.json, and by what only the site's own
 * file may say. Its lines are still to be judged by their kinds. One with an error is not to be applied at all: whoever
 * agrees has to get what was shown.
 */
export function judgeOffered(raw: WrittenConfig): {
	readonly config: Config;
	readonly problems: readonly Problem[];
} {
	const { config, problems } = parseConfig(raw);
	return { config, problems: [...siteOnly(raw), ...problems, ...nothingIn(raw)] };
}

function siteOnly(raw: WrittenConfig): readonly Problem[] {
	const paths = SITE_KEYS.filter((key) => Object.hasOwn(raw, key));
	const dialling = raw['dialling'];
	if (isWritten(dialling))
		paths.push(
			...SITE_DIALLING.filter((key) => Object.hasOwn(dialling, key)).map((key) => pathTo('dialling', key))
		);
	entriesOf(raw['lines']).forEach((line, at) => {
		for (const key of SITE_LINE)
			if (isWritten(line) && Object.hasOwn(line, key)) paths.push(pathTo(pathTo('lines', at), key));
	});
	entriesOf(raw['probes']).forEach((probe, at) => {
		const query = isWritten(probe) ? probe['query'] : undefined;
		if (!isWritten(query)) return;
		for (const [key, text] of Object.entries(query))
			if (LINE_TOKEN.test(String(text))) paths.push(pathTo(pathTo(pathTo('probes', at), 'query'), key));
	});
	return paths.map((path) => problem(path, 'site-only', {}));
}

/** Nothing but unknown keys: a mistake, and applying it would only hide what there is. */
function nothingIn(raw: WrittenConfig): readonly Problem[] {
	if (OWN_KEYS.some((key) => Object.hasOwn(raw, key))) return [];
	return [problem('', 'missing', { found: 'nothing', allowed: '"lines": […]' })];
}

const entriesOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);
