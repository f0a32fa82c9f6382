import type { Target } from '../types.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { probeFetch } from './fetch.ts';
import { followUpsOn, type Variants } from './follow-ups.ts';
import { httpTwin } from './shown.ts';
import { converse, type TalkPlan } from './talk.ts';
import type { ProbeDeps } from './wait.ts';

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
	const [heard, cors, noCors] = await Promise.all([converse(plan, deps), ask('cors'), ask('no-cors')]);
	const target = {
		role,
		...(name === undefined ? {} : { name }),
		...heard,
		cors: cors.attempt,
		noCors: noCors.attempt,
		expectsConfirmation
	};
	return { ...target, followUps: await followUpsOn(target, plan, deps) };
}
