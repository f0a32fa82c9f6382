import { hostOf } from '../reading/addresses.ts';
import { shapeOf } from '../reading/attempts.ts';
import { carrierOf, lineOf, valueOf } from '../reading/surroundings.ts';
import { BEFORE_SOCKETS, judgeTargets, layered } from '../reading/targets.ts';
import { fail } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Check, Context, Facts, SocketAttempt, Target, Verdict } from '../types.ts';

/** Opened, so name, port, certificate and network are fine; then the connection went without a word. */
export const cutConnection: Check<'line' | 'probe', 'signalling'> = {
	id: 'cut-connection',
	scopes: ['line', 'probe'],
	needs: ['signalling'],
	explainedBy: [...BEFORE_SOCKETS, 'server-words'],
	judge: ({ signalling }, context) => judgeTargets(signalling, (target) => judge(target, context))
};

function judge(target: Target, context: Context): Verdict | undefined {
	const { socket } = target;
	const shape = shapeOf(socket);
	if (shape !== 'cut' && shape !== 'broken-data') return undefined;
	const lived = livedMs(socket);
	const facts = { host: hostOf(socket.url), ms: lived, frames: socket.frames };
	const carrier = carrierOf(context);
	const environment = valueOf(context.all.page.environment);
	// Firefox gives an error for a connection that was merely reset.
	if (shape === 'broken-data' && !(environment?.browser.name === 'Firefox' && socket.frames === 0))
		return fail(layered(context, 'not-websocket-data'), 'likely', facts);
	if (lived >= THRESHOLDS.idleLeastMs && carrier === 'websocket') return byAge(target, context, facts);
	if (carrier === 'twilio')
		return fail('twilio-signalling.unstable', 'likely', facts, [
			'signalling.websocket-blocked',
			'other-network'
		]);
	if (carrier === 'livekit')
		return fail('livekit-signalling.cut', 'likely', facts, ['signalling.websocket-blocked', 'other-network']);
	return bySendingLess(target, facts);
}

const livedMs = ({ openedAfterMs = 0, close, watchedMs }: SocketAttempt): number =>
	(close?.afterMs ?? watchedMs) - openedAfterMs;

interface Known extends Facts {
	readonly host: string;
	readonly ms: number;
}

/** Without the token the same: every connection breaks. Something else: it depends on what was sent. */
function bySendingLess(target: Target, facts: Known): Verdict {
	const without = target.followUps.find(
		({ change, socket }) => socket && ['no-token', 'dummy-token'].includes(change)
	);
	if (!without?.socket)
		return fail('websocket.handler-crash', 'likely', facts, [
			'websocket.request-rejected',
			'answer-without-token'
		]);
	if (shapeOf(without.socket) === 'cut') return fail('websocket.handler-crash', 'likely', facts);
	const reason = without.socket.close?.reason ?? '';
	return fail('websocket.request-rejected', 'likely', {
		...facts,
		difference: without.what ?? without.change,
		said: reason
	});
}

/** Lives of equal length that ended in silence are a timer's work; one alone may be chance. */
function byAge(target: Target, context: Context, facts: Known): Verdict {
	const again = target.followUps.map(({ socket }) => socket);
	const own = valueOf(lineOf(context)?.state)?.sockets ?? [];
	const isSameAge = (socket: SocketAttempt | undefined) =>
		socket !== undefined &&
		shapeOf(socket) === 'cut' &&
		Math.abs(livedMs(socket) - facts.ms) <= THRESHOLDS.idleSameAge * Math.max(livedMs(socket), facts.ms);
	const seconds = Math.round(facts.ms / 1000);
	const isRepeated = [...again, ...own].some(isSameAge);
	return isRepeated
		? fail('websocket.idle-timeout', 'likely', { ...facts, seconds })
		: fail('websocket.idle-timeout', 'possible', { ...facts, seconds }, [
				'websocket.handler-crash',
				'second-run'
			]);
}
