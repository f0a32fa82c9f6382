import { parseJson } from '#lib/config/token-body.ts';
import { probeFetch } from '../probes/fetch.ts';
import { shownUrl } from '../probes/shown.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Build, BuildId } from '../types.ts';
import { pastCaches } from './control.ts';
import { pageGatherer, type PageDeps } from './page.ts';

/** What runs here, and what is published. */
export const build = (deps: PageDeps) =>
	pageGatherer('build', THRESHOLDS.controlMs, async (signal): Promise<Build> => {
		const url = pastCaches(deps.versionFile, deps);
		const [{ attempt, text }, worker] = await Promise.all([
			probeFetch(
				{ url, ms: THRESHOLDS.controlMs, init: { credentials: 'same-origin' } },
				{ clock: deps.clock, signal }
			),
			workerOf(deps.base)
		]);
		const published = attempt.status === 200 && text !== undefined ? readBuild(text) : undefined;
		return { running: deps.build, ...(published ? { published } : {}), attempt, worker };
	});

function readBuild(text: string): BuildId | undefined {
	const parsed = parseJson(text);
	if (!parsed.ok) return undefined;
	const { version, commit } = (parsed.value ?? {}) as {
		readonly version?: unknown;
		readonly commit?: unknown;
	};
	if (typeof version !== 'string') return undefined;
	return { version: version.slice(0, 60), commit: typeof commit === 'string' ? commit.slice(0, 60) : '' };
}

async function workerOf(base: string): Promise<Build['worker']> {
	const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
	if (!container) return { supported: false, controls: false, waiting: false, installing: false };
	const registration = await container.getRegistration().catch(() => undefined);
	const script = container.controller?.scriptURL;
	return {
		supported: true,
		controls: script !== undefined,
		waiting: Boolean(registration?.waiting),
		installing: Boolean(registration?.installing),
		...(script !== undefined && !script.startsWith(base) ? { foreign: shownUrl(script) } : {})
	};
}
