import { hostOf } from '../reading/addresses.ts';
import { answers, isGenuine, isReadable } from '../reading/attempts.ts';
import { valueOf } from '../reading/surroundings.ts';
import { fail, pass, skipped, unsure } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { CauseCode, Check, Context, Facts, TokenEvidence, Verdict } from '../types.ts';

/** Whether the token server answers, lets this page read it, and does not refuse. What it answers is token-answer's. */
export const tokenEndpoint: Check<'line' | 'probe', 'token'> = {
	id: 'token-endpoint',
	scopes: ['line', 'probe'],
	needs: ['token'],
	explainedBy: ['offline', 'internet', 'server-address', 'token-endpoint-policy', 'local-network'],
	judge({ token }, context) {
		const { asked, notAsked, bearer } = token;
		if (notAsked === 'bearer-missing' || bearer === 'missing')
			return fail('token-endpoint.bearer-missing', 'certain');
		if (notAsked === 'insecure-address') return fail('token-endpoint.insecure', 'certain');
		if (!asked) return skipped('not-configured');
		if (!isGenuine(asked)) return unsure('answered-by-service-worker', { host: hostOf(asked.url) });
		const facts = { host: hostOf(asked.url), address: asked.url };
		if (asked.type === 'opaqueredirect' || (asked.outcome === 'opaque' && asked.mode === 'cors'))
			return fail('token-endpoint.redirected', 'certain', facts);
		if (isReadable(asked)) return asked.status < 300 ? pass : byStatus(token, asked.status, facts);
		if (asked.outcome === 'pending')
			return answers(token.noCors)
				? fail('token-endpoint.no-answer', 'likely', { ...facts, seconds: seconds(asked.ms) })
				: fail('token-endpoint.no-answer', 'certain', { ...facts, seconds: seconds(asked.ms) });
		return unreadable(token, facts, context);
	}
};

const seconds = (ms: number): number => Math.round(ms / 1000);

/** The request was rejected: by CORS if the server is alive, else nothing answers. */
function unreadable(token: TokenEvidence, facts: Facts, { all }: Context): Verdict {
	const { asked, noCors, simple } = token;
	if (answers(noCors)) {
		const origin = valueOf(all.page.environment)?.origin ?? '';
		// Without custom headers it may be read: then it is the preflight that is not allowed.
		const preflight = asked?.preflight === true && isReadable(simple);
		return fail('token-endpoint.cors', 'certain', { ...facts, origin, preflight });
	}
	if (noCors?.outcome === 'pending')
		return fail('token-endpoint.no-answer', 'likely', { ...facts, seconds: seconds(noCors.ms) });
	if (noCors && !isGenuine(noCors)) return unsure('answered-by-service-worker', facts);
	const sure = noCors || asked?.crossOrigin === false ? 'likely' : 'possible';
	const fast = (asked?.ms ?? 0) < THRESHOLDS.fastRefusalMs;
	return fail('token-endpoint.unreachable', sure, { ...facts, ms: asked?.ms ?? 0, atOnce: fast }, [
		'server-url.host-not-found',
		'name-lookup'
	]);
}

/** Names of variables, and the words of the vendors' libraries, in the texts of servers whose own keys are not set. */
const KEYS_MISSING =
	/API[_ -]?KEY|SECRET|TWILIO_|LIVEKIT_|\b(?:account_?sid|key_?sid|secret|username) (?:is|are) (?:required|missing|not set|undefined)|must be set|secretOrPrivateKey/i;

function byStatus({ asked, said, bearer }: TokenEvidence, status: number, facts: Facts): Verdict {
	const words = said ?? asked?.excerpt ?? '';
	const known: Facts = { ...facts, status, said: words };
	const of = (cause: CauseCode, more: Facts = {}) => fail(cause, 'certain', { ...known, ...more });
	if (status < 400) return of('token-endpoint.redirected');
	if (status === 401 || status === 403)
		return of('token-endpoint.unauthorized', {
			sent: asked?.authorized === true || bearer === 'sent' || asked?.credentials === 'include'
		});
	if (status === 404 || status === 410) return of('token-endpoint.not-found');
	if (status === 405)
		return of('token-endpoint.method-not-allowed', {
			method: asked?.method ?? '',
			allow: asked?.allow ?? ''
		});
	if (status === 429) return of('token-endpoint.rate-limited', { retryAfter: asked?.retryAfter ?? '' });
	if (status < 500) return of('token-endpoint.refused');
	return KEYS_MISSING.test(words)
		? of('token-endpoint.keys-missing')
		: fail('token-endpoint.server-error', 'certain', known, ['token-endpoint.keys-missing', 'server-log']);
}
