import { hostOf } from '../reading/addresses.ts';
import { shapeOf } from '../reading/attempts.ts';
import { timesOf } from '../reading/claims.ts';
import { topicOf } from '../reading/server-words.ts';
import { carrierOf, ownOf, probeSetupOf, valueOf } from '../reading/surroundings.ts';
import { BEFORE_SOCKETS, judgeTargets, layered } from '../reading/targets.ts';
import { fail, warn } from '../reading/verdicts.ts';
import type { CauseCode, Check, Context, Facts, Sure, Target, Verdict } from '../types.ts';

/** The server closed the socket itself, with a code and perhaps a reason: its own words, quoted. */
export const serverClose: Check<'line' | 'probe', 'signalling'> = {
	id: 'server-close',
	scopes: ['line', 'probe'],
	needs: ['signalling'],
	explainedBy: [...BEFORE_SOCKETS, 'server-words', 'token-form', 'token-times'],
	judge: ({ signalling }, context) => judgeTargets(signalling, (target) => judge(target, context))
};

function judge(target: Target, context: Context): Verdict | undefined {
	const { socket, confirmedAfterMs, expectsConfirmation } = target;
	if (shapeOf(socket) !== 'closed' || !socket.close) return undefined;
	const { code, reason } = socket.close;
	const facts = { host: hostOf(socket.url), code, reason };
	const isEnd = code === 1000 || code === 1001 || code === 1005;
	// After the acceptance an ordinary end is the server's right.
	if (isEnd && confirmedAfterMs !== undefined) return undefined;
	if (isEnd && !expectsConfirmation && reason === '')
		return warn(layered(context, 'closed-by-server'), 'possible', facts);
	if (carrierOf(context) !== 'websocket') return fail(layered(context, 'closed-by-server'), 'likely', facts);
	const [cause, sure] = meaningOf(code, reason, context);
	return fail(cause, sure, { ...facts, ...parametersOf(cause, context) }, ...differently(target, cause));
}

/** The reason says more than the code; of private codes the last digits usually are those of HTTP. */
function meaningOf(code: number, reason: string, context: Context): readonly [CauseCode, Sure] {
	const topic = topicOf(reason);
	const http =
		code >= 4400 && code <= 4599
			? code - 4000
			: ({ 3000: 401, 3003: 403, 3008: 408 } as Record<number, number>)[code];
	if (code === 1002) return ['websocket.unreadable-address', 'certain'];
	if (code === 1011) return ['websocket.server-error', 'certain'];
	if ([1012, 1013, 1014].includes(code)) return ['websocket.overloaded', 'likely'];
	if ([1003, 1007, 1009, 1010].includes(code)) return ['websocket.incompatible', 'likely'];
	if (topic === 'agent' || topic === 'room-missing') return ['websocket.unknown-agent', 'certain'];
	if (topic === 'expired') return ['websocket.token-expired', 'certain'];
	if (topic === 'token' || topic === 'signature' || topic === 'unknown-key' || topic === 'not-yet-valid')
		return [hasExpired(context) ? 'websocket.token-expired' : 'websocket.token-rejected', 'certain'];
	if (topic === 'rate' || http === 429) return ['websocket.rate-limited', 'likely'];
	if (topic === 'overload') return ['websocket.overloaded', 'likely'];
	if (topic === 'address') return ['websocket.unreadable-address', 'likely'];
	if (http === 401 || http === 403)
		return [hasExpired(context) ? 'websocket.token-expired' : 'websocket.token-rejected', 'likely'];
	if (http === 404) return ['websocket.unknown-agent', 'likely'];
	if (http !== undefined && http >= 500) return ['websocket.server-error', 'likely'];
	return ['websocket.closed-by-server', code === 1008 || reason !== '' ? 'certain' : 'likely'];
}

function hasExpired(context: Context): boolean {
	const token = valueOf(ownOf(context)?.token);
	const exp = token?.claims && timesOf(token.claims).exp;
	return exp !== undefined && token?.receivedAt !== undefined && exp * 1000 <= token.receivedAt;
}

/** What was asked with, where that may be the trouble. */
function parametersOf(cause: CauseCode, context: Context): Facts {
	const probe = probeSetupOf(context);
	if (!probe || (cause !== 'websocket.unknown-agent' && cause !== 'websocket.unreadable-address')) return {};
	return { parameters: probe.query, empty: probe.emptyParameters };
}

/** Without its token the server says something else: the token was good enough to get further. */
function differently(
	{ followUps, socket }: Target,
	cause: CauseCode
): (readonly [CauseCode, 'answer-without-token'])[] {
	const without = followUps.find(({ change }) => change === 'no-token')?.socket?.close;
	const isSame = without?.code === socket.close?.code && without?.reason === socket.close?.reason;
	return cause === 'websocket.token-rejected' && without && isSame
		? [['websocket.closed-by-server', 'answer-without-token']]
		: [];
}
