import { lineGatherer, stateTopics } from '#lib/diagnostics/probes/line-topics.ts';
import type { GathererDeps, LineGatherer } from '../module.ts';
import type { PracticeSettings } from './meta.ts';

/** It has no network that could fail. */
export function gatherers({ id }: PracticeSettings, deps: GathererDeps): readonly LineGatherer[] {
	const { dialsOut, problems, switchedOff } = deps;
	const setup = lineGatherer(id, 'setup', 0, async () => ({
		kind: 'practice',
		accepted: true,
		problems,
		addresses: [],
		switchedOff,
		wants: { outgoing: dialsOut, incoming: true }
	}));
	return [setup, ...stateTopics(id, deps)];
}
