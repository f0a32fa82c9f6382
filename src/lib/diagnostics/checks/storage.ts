import { pass, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check } from '../types.ts';

/** Whether settings and the history can be kept on this device. */
export const storage: Check<'page', 'storage'> = {
	id: 'storage',
	scopes: ['page'],
	needs: ['storage'],
	judge({ storage: { local, indexedDb, quotaBytes, usedBytes, threw } }) {
		const missing = [...(local ? [] : ['localStorage']), ...(indexedDb ? [] : ['IndexedDB'])];
		const isFull =
			quotaBytes !== undefined &&
			usedBytes !== undefined &&
			quotaBytes > 0 &&
			usedBytes / quotaBytes > THRESHOLDS.storageFull;
		if (missing.length === 0 && !isFull) return pass;
		return warn('browser.no-storage', 'certain', { missing, full: isFull, error: threw?.name ?? '' });
	}
};
