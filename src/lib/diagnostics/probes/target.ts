import type { Target } from '../types.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { probeFetch } from './fetch.ts';
import { followUpsOn, followUpsOnSilence, type Variants } from './follow-ups.ts';
import { httpTwin } from './shown.ts';
import { converse, type TalkPlan } from './talk.ts';
import { within, type ProbeDeps } from './wait.ts';

export interface TargetPlan extends TalkPlan {
	readonly role: Target['role'];
	readonly name?: string;
	readonly expectsConfirmation: boolean;
	/** What the two fetches ask; the http(s) twin of the address by default. */
	readonly companion?: string;
	/** What is tried besides when it does not work. */
	readonly variants?: Variants;
}

/** One address: its socket, and two fetches to its http(s) twin at the same time; then, if it failed, the follow-ups. */
export async function probeTarget(plan: TargetPlan, deps: ProbeDeps): Promise<Target> {
	const { role, name, expectsConfirmation } = plan;
	const companion = plan.companion ?? httpTwin(plan.url);
	const ask = (mode: 'cors' | 'no-cors') =>
		probeFetch({ url: companion, init: { mode }, ms: THRESHOLDS.companionMs }, deps);
	const tries = [converse(plan, deps), ask('cors'), ask('no-cors')] as const;
	// What gives no sign of life is looked at otherwise while it is still waited for: the two waits would add up.
	const isQuiet = (await within(Promise.race(tries), THRESHOLDS.silentMs, deps)) === 'late';
	const looking = isQuiet ? followUpsOnSilence(plan, deps) : undefined;
	const [heard, cors, noCors] = await Promise.all(tries);
	const target = {
		role,
		...(name === undefined ? {} : { name }),
		...heard,
		cors: cors.attempt,
		noCors: noCors.attempt,
		expectsConfirmation
	};
	const { openedAfterMs, errorAfterMs, close, threw } = heard.socket;
	const isSilent = openedAfterMs === undefined && errorAfterMs === undefined && !close && !threw;
	const followUps = isSilent ? (looking ?? followUpsOnSilence(plan, deps)) : followUpsOn(target, plan, deps);
	return { ...target, followUps: await followUps };
}
