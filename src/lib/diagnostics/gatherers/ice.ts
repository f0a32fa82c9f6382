import { gatherCandidates, meet } from '../probes/ice.ts';
import { thrown } from '../probes/shown.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { OwnIce } from '../types.ts';
import { pageGatherer, type PageDeps } from './page.ts';

/** Whether this browser makes candidates at all, and whether two peers of this very page meet. Nothing leaves the machine. */
export const ice = ({ clock }: PageDeps) =>
	pageGatherer('ice', 2 * THRESHOLDS.iceGatheringMs, async (signal): Promise<OwnIce> => {
		const deps = { clock, signal };
		try {
			const [{ candidates, mdns, completedAfterMs }, meeting] = await Promise.all([
				gatherCandidates([], 'all', deps),
				meet({}, deps)
			]);
			const host = Object.entries(candidates)
				.filter(([kind]) => kind.startsWith('host/'))
				.reduce((sum, [, count]) => sum + count, 0);
			const { connected, ms } = meeting;
			return {
				host,
				mdns,
				...(completedAfterMs === undefined ? {} : { completedAfterMs }),
				loopbackConnected: connected,
				...(connected ? { loopbackMs: ms } : {}),
				servers: []
			};
		} catch (error) {
			return { threw: thrown(error), host: 0, mdns: 0, servers: [] };
		}
	});
