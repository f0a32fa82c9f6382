import { fail, pass, skipped, warn } from '../reading/verdicts.ts';
import type { Check, IceServerResult, LineIce, Verdict } from '../types.ts';

/** The relay servers: needed where nothing else passes, and a trouble only if none of them works. */
export const relay: Check<'line', 'lineIce'> = {
	id: 'relay',
	scopes: ['line'],
	needs: ['lineIce'],
	explainedBy: ['offline', 'browser', 'internet', 'webrtc'],
	judge({ lineIce }) {
		const relays = lineIce.servers.filter(({ url }) => /^turns?:/i.test(url));
		if (relays.length === 0) return skipped('not-configured');
		// One of several addresses that fails is what several are for.
		if (relays.some(hasRelay)) return pass;
		return fatalIfAlone(lineIce, worst(relays));
	}
};

const hasRelay = ({ candidates }: IceServerResult): boolean =>
	Object.entries(candidates).some(([kind, count]) => kind.startsWith('relay') && count > 0);

function worst(relays: readonly IceServerResult[]): Verdict {
	const errors = relays.flatMap(({ errors }) => errors);
	const url = relays[0]?.url ?? '';
	const refused = errors.find(({ code }) => code === 401 || code === 403 || code === 438);
	if (refused)
		return fail('turn.wrong-credentials', 'certain', { url: refused.url || url, code: refused.code });
	const full = errors.find(({ code }) => code === 486 || code === 508);
	if (full) return fail('turn.overloaded', 'certain', { url: full.url || url, code: full.code });
	const how = errors.some(({ text }) => /lookup/i.test(text))
		? 'name'
		: errors.length > 0
			? 'refused'
			: 'silent';
	return fail('turn.unreachable', 'likely', { url, how }, ['media.udp-blocked', 'other-network']);
}

/** Other ways may carry the call: then it is a reserve that is missing. */
function fatalIfAlone({ policy, together = {} }: LineIce, verdict: Verdict): Verdict {
	const isAlone = policy === 'relay' || Object.keys(together).every((kind) => !/^(?:host|srflx)/.test(kind));
	if (isAlone || verdict.outcome !== 'fail') return verdict;
	return warn(
		verdict.cause,
		verdict.sure,
		verdict.facts,
		...(verdict.instead ?? []).map(({ cause, decides }) => [cause, decides] as const)
	);
}
