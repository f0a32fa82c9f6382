import { check } from '#lib/config/check.ts';
import type { LineBase, LineModule } from '../module.ts';
import { practiceEntry } from './entry.ts';

/** Nothing to set but its name. */
export type PracticeSettings = LineBase;

/** No account, no network: the newcomer's first call. */
export const practice: LineModule<PracticeSettings> = {
	kind: 'practice',
	parse: (raw, path) => check(practiceEntry, raw, path),
	load: () => import('./line.ts'),
	gatherers: async (settings, deps) => (await import('./gatherers.ts')).gatherers(settings, deps)
};
