import { fail, pass } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** `onLine === false` can be trusted; `true` proves nothing. */
export const offline: Check<'page', 'environment'> = {
	id: 'offline',
	scopes: ['page'],
	needs: ['environment'],
	judge: ({ environment }) => (environment.online ? pass : fail('network.offline', 'certain'))
};
