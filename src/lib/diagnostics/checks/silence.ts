import { hostOf } from '../reading/addresses.ts';
import { isFine, shapeOf } from '../reading/attempts.ts';
import { carrierOf, lineOf, valueOf } from '../reading/surroundings.ts';
import { BEFORE_SOCKETS, judgeTargets } from '../reading/targets.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { CauseCode, Check, Context, Target, Verdict } from '../types.ts';

/** Open, and the acceptance that has to come does not. What passes here is signalling that works. */
export const silence: Check<'line' | 'probe', 'signalling'> = {
	id: 'silence',
	scopes: ['line', 'probe'],
	needs: ['signalling'],
	proves: 'signalling',
	explainedBy: [
		...BEFORE_SOCKETS,
		'server-words',
		'token-endpoint',
		'token-answer',
		'token-form',
		'token-times'
	],
	judge({ signalling }, context) {
		const verdict = judgeTargets(signalling, (target) => judge(target, context));
		const hasJoined = valueOf(lineOf(context)?.room)?.join?.outcome === 'joined';
		const works =
			hasJoined || signalling.targets.some((target) => target.role !== 'alternative' && isFine(target));
		if (hasJoined && verdict.outcome === 'skipped') return pass;
		return verdict.outcome === 'pass' && !works ? skipped('depends-on-failed') : verdict;
	}
};

const SILENT: Readonly<Record<ReturnType<typeof carrierOf>, CauseCode>> = {
	twilio: 'twilio-signalling.silent',
	livekit: 'livekit-signalling.silent',
	websocket: 'websocket.no-confirmation'
};

function judge(target: Target, context: Context): Verdict | undefined {
	const { socket, expectsConfirmation, confirmedAfterMs, said } = target;
	if (shapeOf(socket) !== 'open' || !expectsConfirmation || confirmedAfterMs !== undefined || said.length > 0)
		return undefined;
	const carrier = carrierOf(context);
	const facts = {
		host: hostOf(socket.url),
		seconds: Math.round((socket.watchedMs - (socket.openedAfterMs ?? 0)) / 1000),
		frames: socket.frames,
		said: socket.firstFrames[0] ?? ''
	};
	// A page that a proxy has put in the place of the carrier's messages.
	if (carrier === 'twilio' && socket.firstFrames.some((text) => /^\s*</.test(text)))
		return fail('twilio-signalling.not-websocket-data', 'likely', facts);
	return fail(SILENT[carrier], 'likely', facts, ['signalling.no-answer', 'server-log']);
}
