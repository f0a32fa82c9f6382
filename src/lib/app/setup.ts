import { configChanges } from '#lib/config/config-changes.ts';
import { judgeOffered } from '#lib/config/offered-config.ts';
import type { WrittenConfig } from '#lib/config/own-config.ts';
import type { Settings } from '#lib/config/settings.ts';
import { settingsFile } from '#lib/config/settings-file.ts';
import { setupFragment } from '#lib/config/setup-link.ts';
import { shareable } from '#lib/config/shareable.ts';
import { configInForce, permitsSetup } from '#lib/config/site-file.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { OwnConfigStore } from '#lib/browser/own-config-store.ts';
import { readLines } from '#lib/lines/index.ts';
import type { Judged, Setup } from '#lib/state/setup-port.ts';
import type { CheckupDeps } from './checkup-deps.ts';
import type { ConfigWatch } from './config-watch.ts';
import { tryLine } from './setup-trial.ts';

export interface SetupDeps {
	/** Absolute address of the app, with a slash at the end. */
	readonly base: string;
	readonly config: Pick<ConfigWatch, 'state' | 'site' | 'written'>;
	readonly own: OwnConfigStore;
	readonly settings: Watched<Settings>;
	change(settings: Partial<Settings>): void;
	/** What the checkup works with: a line is tried by its code. */
	readonly checkup: CheckupDeps;
}

/** Wires the set-up. Heavy: comes when its page is opened. */
export function createSetup(deps: SetupDeps): Setup {
	const { base, config, own } = deps;

	function closedBy(): ReturnType<Setup['closedBy']> {
		const { site } = config;
		if (!site || permitsSetup(site)) return site ? undefined : 'unknown-file';
		return site.raw ? 'locked' : 'unknown-file';
	}

	function judge(offered: WrittenConfig): Judged {
		const read = judgeOffered(offered);
		const problems = [...read.problems, ...readLines(read.config.lines).problems];
		const after = configInForce(config.site ?? { source: 'none' }, offered).written;
		return {
			problems,
			fits: problems.every(({ severity }) => severity !== 'error'),
			changes: configChanges(config.written, after, base)
		};
	}

	function permitted(): void {
		if (closedBy() !== undefined) throw new LineError('command.not-now');
	}

	/** A line that was switched off once is not off under its old name. */
	function switchOn(offered: WrittenConfig): void {
		const ids = judgeOffered(offered).config.lines.map(({ id }) => id);
		const { linesOff } = deps.settings.value;
		if (linesOff.some((id) => ids.includes(id)))
			deps.change({ linesOff: linesOff.filter((id) => !ids.includes(id)) });
	}

	return {
		closedBy,
		isOwn: () => config.state.value.source === 'own',
		inForce: () => (config.state.value.source === 'own' && own.config.value) || takenOver(config.written),
		judge,
		apply(offered) {
			permitted();
			if (!judge(offered).fits) throw new LineError('command.not-now');
			switchOn(offered);
			return own.keep(offered);
		},
		forget() {
			permitted();
			own.keep(undefined);
		},
		choose: (settings) => deps.change(settings),
		toShare() {
			const { config: shared, leftOut } = shareable(config.written);
			const { lines } = judgeOffered(shared).config;
			return {
				link: `${new URL('setup/', base).href}${setupFragment(shared)}`,
				leftOut,
				useful: lines.some(({ kind }) => kind !== 'practice')
			};
		},
		file: () => settingsFile(shareable(config.written).config, deps.settings.value),
		tryLine: (entry, signal) => tryLine(entry, deps.checkup, signal)
	};
}

/** What of the site's own file can stand in a config of this device as it is: lines that would lose a part are left out. */
function takenOver(written: WrittenConfig): WrittenConfig {
	const { config, leftOut } = shareable(written);
	const { lines } = config;
	if (!Array.isArray(lines)) return config;
	const isWhole = (_: unknown, at: number) => !leftOut.some((path) => path.startsWith(`lines[${at}].`));
	return { ...config, lines: lines.filter(isWhole) as readonly unknown[] };
}
