import { hostOf } from '../reading/addresses.ts';
import { isReadable, opened } from '../reading/attempts.ts';
import { topicOf } from '../reading/server-words.ts';
import { carrierOf, lineOf, valueOf } from '../reading/surroundings.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Whether LiveKit is what answers at its address: every LiveKit server can validate, on one of two paths. */
export const livekitAddress: Check<'line', 'room'> = {
	id: 'livekit-address',
	scopes: ['line'],
	needs: ['room'],
	explainedBy: [
		'offline',
		'internet',
		'server-address',
		'websocket-policy',
		'local-network',
		'unreachable',
		'no-answer'
	],
	judge({ room: { validate, said } }, context) {
		if (carrierOf(context) !== 'livekit') return skipped('not-for-this-kind');
		const answered = validate.filter((fetch) => isReadable(fetch));
		const [first] = answered;
		if (!first) return skipped('depends-on-failed');
		const targets = valueOf(lineOf(context)?.signalling)?.targets ?? [];
		if (targets.some(({ socket }) => opened(socket))) return pass;
		const isStranger = answered.every(
			({ status, body }) => status === 404 || status === 405 || (status === 200 && body === 'html')
		);
		if (!isStranger || topicOf(said?.text) === 'room-missing') return pass;
		return fail('livekit-url.not-livekit', 'certain', { host: hostOf(first.url), status: first.status });
	}
};
