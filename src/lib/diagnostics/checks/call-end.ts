import { causeOf } from '../causes.ts';
import { byPeople, factsOf } from '../reading/calls.ts';
import { valueOf } from '../reading/surroundings.ts';
import { BEFORE_CALLS, BEFORE_SOCKETS, SOCKET_CHECKS, TOKEN_VALIDITY } from '../reading/targets.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { CallRecord, CauseCode, Check, Evidence, Verdict } from '../types.ts';

/** How the last call on this line ended, where it was not people who ended it. */
export const callEnd: Check<'line', 'calls'> = {
	id: 'call-end',
	scopes: ['line'],
	needs: ['calls'],
	explainedBy: BEFORE_CALLS,
	judge({ calls: { recent } }, { all }) {
		const last = recent.find(({ phase }) => phase === 'ended');
		if (!last) return skipped('no-call-yet');
		// Whoever hangs up on an agent in trouble had that reason.
		const isAgent = last.fault?.startsWith('agent.') ?? false;
		const isWish = (OWN_WISH.includes(last.reason ?? '') && !isAgent) || byPeople(last) !== undefined;
		if (last.fault === undefined || isWish) return pass;
		const verdict = isUnanswered(last, all) ? unanswered(last) : byFault(last, recent);
		return { ...verdict, ...(LAYERS[last.fault.split('.')[0] ?? ''] ?? {}) };
	}
};

/** What lies under a fault of each layer; the others stand on the whole way. */
const LAYERS: Readonly<Record<string, { readonly explainedBy: readonly string[] }>> = {
	microphone: { explainedBy: ['browser', 'microphone-policy', 'microphone-access'] },
	media: { explainedBy: ['offline', 'browser', 'internet', 'webrtc', 'relay', 'media-path', 'sound-sent'] },
	agent: { explainedBy: ['agent-invitation', 'agent', 'media-path'] },
	call: { explainedBy: [...BEFORE_SOCKETS, ...SOCKET_CHECKS, ...TOKEN_VALIDITY, 'server-words'] }
};

const OWN_WISH = [
	'hung-up',
	'remote-hung-up',
	'cancelled',
	'missed',
	'declined',
	'ignored',
	'answered-elsewhere'
];

/** Refused to the call, and the browser would ask again: nobody has said no. */
const isUnanswered = ({ fault }: CallRecord, { page }: Evidence): boolean =>
	fault === 'microphone.blocked' && valueOf(page.permissions)?.microphone === 'prompt';

const unanswered = (last: CallRecord): Verdict =>
	fail('microphone.prompt-unanswered', 'likely', factsOf(last), ['microphone.blocked', 'permission-answer']);

function byFault(last: CallRecord, recent: readonly CallRecord[]): Verdict {
	const cause = causeOf(last.fault ?? 'app.unexpected');
	const facts = factsOf(last);
	if (cause === 'call.not-found') return notFound(last, recent);
	return fail(cause, LIKELY.includes(cause) ? 'likely' : 'certain', facts);
}

/** Codes that stand for more than one trouble. */
const LIKELY: readonly CauseCode[] = [
	'twilio-token.app-not-found',
	'twilio-token.refused',
	'twilio-token.wrong-secret',
	'call.refused',
	'call.no-response',
	'media.not-connected'
];

/** One code for a wrong number and for an application that does not know what to do with any number. */
function notFound(last: CallRecord, recent: readonly CallRecord[]): Verdict {
	const facts = factsOf(last);
	if (last.to.kind === 'number' && !last.to.complete) return fail('call.bad-number', 'likely', facts);
	const alike = recent.filter(
		({ fault, to, direction, endedAfterMs = Infinity }) =>
			direction === 'out' &&
			fault === 'call.not-found' &&
			to.complete &&
			endedAfterMs < THRESHOLDS.instantRefusalMs
	);
	return alike.length > 1
		? fail('twilio-app.no-voice-url', 'likely', { ...facts, times: alike.length })
		: fail(
				'call.not-found',
				'likely',
				facts,
				['call.bad-number', 'test-call'],
				['twilio-app.no-voice-url', 'test-call']
			);
}
