import { pass, unsure, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check } from '../types.ts';

/** Whether settings and the history can be kept on this device. */
export const storage: Check<'page', 'storage'> = {
	id: 'storage',
	scopes: ['page'],
	needs: ['storage'],
	judge({ storage: { local, indexedDb, quotaBytes, usedBytes, threw } }) {
		const missing = [...(local ? [] : ['localStorage']), ...(indexedDb === false ? ['IndexedDB'] : [])];
		const isFull =
			quotaBytes !== undefined &&
			usedBytes !== undefined &&
			quotaBytes > 0 &&
			usedBytes / quotaBytes > THRESHOLDS.storageFull;
		// A busy device takes its time with a database; that is no refusal.
		if (missing.length === 0 && !isFull) return indexedDb === undefined ? unsure('not-measured') : pass;
		return warn('browser.no-storage', 'certain', { missing, full: isFull, error: threw?.name ?? '' });
	}
};
