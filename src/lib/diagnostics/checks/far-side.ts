import { byPeople, factsOf } from '../reading/calls.ts';
import { pass, skipped, warn } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** What people on the far side did with the last call: told as it is, and nobody's fault. */
export const farSide: Check<'line', 'calls'> = {
	id: 'far-side',
	scopes: ['line'],
	needs: ['calls'],
	judge({ calls: { recent } }) {
		const last = recent.find(({ phase }) => phase === 'ended');
		if (!last) return skipped('no-call-yet');
		const cause = byPeople(last);
		return cause ? warn(cause, 'certain', factsOf(last)) : pass;
	}
};
