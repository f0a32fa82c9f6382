import type { Evidence, Violation } from '../types.ts';
import { readAddress } from './addresses.ts';
import { valueOf } from './surroundings.ts';

/**
 * The enforced violation that blocked an address, its scheme included: policies are matched by scheme, so a wss source
 * lets the socket pass while its https twin fails. Report-only violations block nothing.
 */
export function blocksOf(all: Evidence, url: string): Violation | undefined {
	const wanted = readAddress(url);
	return valueOf(all.page.policy)?.violations.find(({ disposition, blocked }) => {
		const found = readAddress(blocked);
		// Browsers may shorten what they report to its origin.
		return (
			disposition === 'enforce' &&
			found !== undefined &&
			found.scheme === wanted?.scheme &&
			found.host === wanted.host &&
			found.port === wanted.port &&
			(found.path === '/' || found.path === wanted.path)
		);
	});
}
