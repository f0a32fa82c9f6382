import { trueOffset } from '../reading/clock.ts';
import { timesOf } from '../reading/claims.ts';
import { allTokens } from '../reading/surroundings.ts';
import { fail, pass, unsure, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check, Evidence } from '../types.ts';

/** This device's clock against the Date of servers. */
export const clock: Check<'page', 'control'> = {
	id: 'clock',
	scopes: ['page'],
	needs: ['control'],
	explainedBy: ['offline'],
	judge({ control }, { all }) {
		const offset = trueOffset(all);
		if (offset === undefined) return unsure('no-time-to-compare');
		const off = Math.abs(offset);
		if (off <= THRESHOLDS.clockAgreementMs) return pass;
		const facts = {
			minutes: Math.round(off / 60_000),
			direction: offset > 0 ? 'behind' : 'ahead',
			source: control.elsewhere?.date ? 'control' : 'site'
		};
		if (flips(all, offset)) return fail('clock.device-wrong', 'certain', facts);
		return off > THRESHOLDS.clockWrongMs ? warn('clock.device-wrong', 'certain', facts) : pass;
	}
};

/** Whether a token that is good by the true time looks bad by this device's, or the other way round. */
function flips(all: Evidence, offset: number): boolean {
	return allTokens(all).some(({ claims, receivedAt }) => {
		if (!claims || receivedAt === undefined) return false;
		const { exp = Infinity, nbf = -Infinity, iat = -Infinity } = timesOf(claims);
		const isGood = (now: number) => {
			const seconds = now / 1000;
			return seconds < exp && Math.max(nbf, iat) <= seconds + THRESHOLDS.tokenGraceSeconds;
		};
		return isGood(receivedAt) !== isGood(receivedAt + offset);
	});
}
