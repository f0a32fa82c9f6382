import { dispatchedAgents } from '../reading/claims.ts';
import { lineOf, valueOf } from '../reading/surroundings.ts';
import { pass, skipped, warn } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** An agent that is called by its name comes only if the token says the name: visible before any call. */
export const agentInvitation: Check<'line', 'token' | 'setup'> = {
	id: 'agent-invitation',
	scopes: ['line'],
	needs: ['token', 'setup'],
	explainedBy: ['token-endpoint', 'token-answer', 'token-form'],
	judge({ token: { claims, askedForAgent }, setup: { agent } }, context) {
		if (agent?.name === undefined || !agent.expected)
			return skipped(agent ? 'not-configured' : 'not-for-this-kind');
		if (!claims?.payload) return skipped('no-token');
		if (askedForAgent !== true) return skipped('nothing-tried');
		const dispatched = dispatchedAgents(claims);
		if (dispatched.includes(agent.name)) return pass;
		// Where it has come all the same, something else has sent for it.
		const calls = valueOf(lineOf(context)?.calls)?.recent ?? [];
		if (calls.some(({ conversation }) => conversation?.others.some(({ kind }) => kind === 'agent')))
			return pass;
		return warn('agent.not-invited', 'likely', { expected: agent.name, dispatched });
	}
};
