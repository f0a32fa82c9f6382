import { ownName } from '#lib/core/own-name.ts';
import { thrown } from '../probes/shown.ts';
import { within } from '../probes/wait.ts';
import type { Storage as StorageEvidence, Thrown } from '../types.ts';
import { pageGatherer, type PageDeps } from './page.ts';

const WITHIN_MS = 1_500;

/** Whether this browser keeps what the phone writes down. Leaves nothing behind. */
export const storage = ({ clock, base }: PageDeps) =>
	pageGatherer('storage', 2 * WITHIN_MS, async (signal): Promise<StorageEvidence> => {
		const name = ownName(new URL(base).pathname, 'checkup');
		const local = attempt(() => {
			localStorage.setItem(name, '1');
			const came = localStorage.getItem(name) === '1';
			localStorage.removeItem(name);
			return came;
		});
		const indexed = await within(opens(name), WITHIN_MS, { clock, signal });
		const database = typeof indexed === 'string' ? undefined : indexed.value;
		const manager = navigator.storage as StorageManager | undefined;
		const estimate = await within(estimateOf(manager), WITHIN_MS, { clock, signal });
		const threw = local.threw ?? database?.threw;
		return {
			local: local.is,
			...(database ? { indexedDb: database.is } : {}),
			...(typeof estimate === 'string' ? {} : estimate.value),
			...(threw ? { threw } : {})
		};
	});

interface Tried {
	readonly is: boolean;
	readonly threw?: Thrown;
}

function attempt(act: () => boolean): Tried {
	try {
		return { is: act() };
	} catch (error) {
		return { is: false, threw: thrown(error) };
	}
}

function opens(name: string): Promise<Tried> {
	return new Promise((resolve) => {
		const opening = attempt(() => {
			const request = indexedDB.open(name);
			request.onsuccess = () => {
				request.result.close();
				indexedDB.deleteDatabase(name);
				resolve({ is: true });
			};
			request.onerror = () => resolve({ is: false, threw: thrown(request.error) });
			return true;
		});
		if (!opening.is) resolve(opening);
	});
}

async function estimateOf(
	manager: StorageManager | undefined
): Promise<Pick<StorageEvidence, 'persisted' | 'quotaBytes' | 'usedBytes'>> {
	if (!manager) return {};
	try {
		const [persisted, { quota, usage }] = await Promise.all([manager.persisted(), manager.estimate()]);
		return {
			persisted,
			...(quota === undefined ? {} : { quotaBytes: quota }),
			...(usage === undefined ? {} : { usedBytes: usage })
		};
	} catch {
		return {};
	}
}
