import { probeFetch } from '../probes/fetch.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Control } from '../types.ts';
import { pageGatherer, type PageDeps } from './page.ts';

/** A file of our own site, past every cache; and the address that the configuration names for it, if it names one. */
export const control = (deps: PageDeps) =>
	pageGatherer('control', THRESHOLDS.controlMs, async (signal): Promise<Control> => {
		const probe = { clock: deps.clock, signal };
		const ms = THRESHOLDS.controlMs;
		const { controlUrl } = deps.config().config.checkup;
		const url = pastCaches(deps.versionFile, deps);
		const [own, elsewhere] = await Promise.all([
			probeFetch({ url, init: { credentials: 'same-origin' }, ms }, probe),
			controlUrl === null ? undefined : probeFetch({ url: controlUrl, init: { mode: 'no-cors' }, ms }, probe)
		]);
		return { own: own.attempt, ...(elsewhere ? { elsewhere: elsewhere.attempt } : {}) };
	});

/** A query that nothing has stored an answer to. */
export const pastCaches = (url: string, { clock }: Pick<PageDeps, 'clock'>): string =>
	`${url}?checkup=${Math.round(clock.now())}`;
