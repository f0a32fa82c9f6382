import { causeOf } from '../causes.ts';
import { lineSetupOf, lineOf, valueOf } from '../reading/surroundings.ts';
import { quoted } from '../reading/server-words.ts';
import { BEFORE_CALLS, BEFORE_SOCKETS, SOCKET_CHECKS, TOKEN_VALIDITY } from '../reading/targets.ts';
import { fail, pass, skipped, unsure } from '../reading/verdicts.ts';
import type { Check, LineSnapshot, Verdict } from '../types.ts';

/** Whether calls can ring here: confirmed by the line itself, or by the probe that asked in its place. */
export const registration: Check<'line', 'registration'> = {
	id: 'registration',
	scopes: ['line'],
	needs: ['registration'],
	proves: 'registration',
	explainedBy: [...BEFORE_SOCKETS, ...SOCKET_CHECKS, ...TOKEN_VALIDITY, 'server-words'],
	judge({ registration: { by, notAsked, readyAfterMs, watchedMs, said } }, context) {
		const setup = lineSetupOf(context);
		const state = valueOf(lineOf(context)?.state);
		if (setup?.switchedOff) return skipped('line-switched-off');
		const phone = valueOf(context.all.page.phone);
		if (phone?.ownership === 'elsewhere') return skipped('other-tab-has-the-phone');
		const [word] = said;
		// What is refused may be what the token does not permit.
		if (word)
			return {
				...fail(word.means ? causeOf(word.means) : 'registration.refused', 'likely', {
					said: quoted(said)
				}),
				explainedBy: BEFORE_CALLS
			};
		if (by === 'line') return pass;
		if (by === 'probe') {
			// The line itself has never been asked to register, although nothing stands in its way.
			if (readyAfterMs !== undefined) return state ? ownState(state) : pass;
			return fail('registration.not-confirmed', 'likely', { seconds: Math.round((watchedMs ?? 0) / 1000) }, [
				'twilio-signalling.silent',
				'second-run'
			]);
		}
		if (notAsked === 'not-wanted' || setup?.wants.incoming === false)
			return state?.phase === 'ready' ? pass : skipped('not-wanted');
		if (state?.phase === 'ready') return pass;
		if (notAsked === 'would-disturb') return unsure('would-disturb');
		return skipped('depends-on-failed');
	}
};

function ownState({ phase, attempts, because, wasReady }: LineSnapshot): Verdict {
	const isUntouched = phase === 'off' && attempts === 0 && !because && !wasReady;
	return isUntouched ? fail('registration.not-started', 'certain') : pass;
}
