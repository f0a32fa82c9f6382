import { within, type ProbeDeps } from '../probes/wait.ts';
import type { Permission, Permissions } from '../types.ts';
import { pageGatherer, type PageDeps } from './page.ts';

const WITHIN_MS = 500;

/** What the browser has been told about this page. Asks the user nothing. */
export const permissions = ({ clock }: PageDeps) =>
	pageGatherer('permissions', WITHIN_MS, async (signal): Promise<Permissions> => {
		const ask = (name: string) => queryPermission(name, { clock, signal });
		const [microphone, notifications, localNetwork, loopbackNetwork] = await Promise.all([
			ask('microphone'),
			ask('notifications'),
			ask('local-network-access'),
			ask('loopback-network')
		]);
		return { microphone, notifications, localNetwork, loopbackNetwork };
	});

/** 'unknown' where the browser has no such name: Firefox throws a TypeError, which is no refusal. */
export async function queryPermission(
	name: string,
	deps: Pick<ProbeDeps, 'clock' | 'signal'>
): Promise<Permission> {
	const all = navigator.permissions as Permissions2 | undefined;
	if (!all) return 'unknown';
	try {
		const found = await within(all.query({ name }), WITHIN_MS, deps);
		return typeof found === 'string' ? 'unknown' : found.value.state;
	} catch {
		return 'unknown';
	}
}

interface Permissions2 {
	query(descriptor: { readonly name: string }): Promise<PermissionStatus>;
}
