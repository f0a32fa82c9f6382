import { causeOf } from '../causes.ts';
import { hostOf } from '../reading/addresses.ts';
import { isReadable } from '../reading/attempts.ts';
import { quoted, topicOf } from '../reading/server-words.ts';
import { carrierOf, lineOf, ownOf, valueOf } from '../reading/surroundings.ts';
import { BEFORE_SOCKETS, layered, TOKEN_CHECKS, TOKEN_VALIDITY } from '../reading/targets.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { CauseCode, Check, Context, ServerWord, Sure } from '../types.ts';

/** What the server itself answers to the token, by an error on the socket or by its validation, in its own words. */
export const serverWords: Check<'line' | 'probe', never> = {
	id: 'server-words',
	scopes: ['line', 'probe'],
	needs: [],
	explainedBy: [...BEFORE_SOCKETS, ...TOKEN_CHECKS, 'livekit-address', 'clock'],
	judge(_own, context) {
		const targets =
			valueOf(ownOf(context)?.signalling)?.targets.filter(({ role }) => role !== 'alternative') ?? [];
		const room = valueOf(lineOf(context)?.room);
		if (targets.length === 0 && !room) return skipped('nothing-tried');
		// Whoever was accepted in the end was not refused.
		if (targets.some(({ confirmedAfterMs }) => confirmedAfterMs !== undefined)) return pass;
		const refused = room?.validate.findLast((fetch) => isReadable(fetch) && fetch.status >= 400);
		const words = [
			...targets.flatMap(({ said }) => said),
			...(refused && room?.said ? [room.said] : [])
		].filter(isRefusal);
		const [word] = words;
		if (!word) return pass;
		const [cause, sure] = meaningOf(word, context);
		const host = hostOf(targets[0]?.socket.url ?? refused?.url ?? '');
		const facts = { host, said: quoted(words), ...(word.code === undefined ? {} : { code: word.code }) };
		const isAboutKeys = /\.(?:wrong-secret|unknown-key)$|^twilio-account\./.test(cause);
		const verdict = fail(cause, sure, facts);
		return isAboutKeys
			? { ...verdict, explainedBy: [...BEFORE_SOCKETS, ...TOKEN_VALIDITY, 'livekit-address', 'clock'] }
			: verdict;
	}
};

/** The newer path of validation asks for more than a checkup sends, and a bare 404 is an address without it. */
const isRefusal = ({ text, code }: ServerWord): boolean =>
	!/join_request is required|^success$/i.test(text ?? '') && !(code === 404 && topicOf(text) === undefined);

function meaningOf(word: ServerWord, context: Context): readonly [CauseCode, Sure] {
	if (word.means) return [causeOf(word.means), carrierOf(context) === 'livekit' ? 'certain' : 'likely'];
	const carrier = carrierOf(context);
	const topic = topicOf(word.text);
	if (carrier === 'livekit')
		switch (topic) {
			case 'expired':
				return ['livekit-token.expired', 'certain'];
			case 'not-yet-valid':
				return ['livekit-token.not-yet-valid', 'certain'];
			case 'unknown-key':
				return ['livekit-token.unknown-key', 'certain'];
			case 'signature':
				return ['livekit-token.wrong-secret', 'certain'];
			case 'no-permission':
			case 'identity':
				return ['livekit-token.no-join-grant', 'certain'];
			case 'room-missing':
				return ['livekit-room.not-found', 'certain'];
			case 'overload':
			case 'rate':
				return ['livekit-server.overloaded', 'likely'];
			case 'token':
				// "invalid authorization token" with nothing behind it: it cannot be read as one of its own.
				return ['livekit-token.malformed', 'likely'];
		}
	if (carrier === 'twilio')
		switch (topic) {
			case 'expired':
				return ['twilio-token.expired', 'likely'];
			case 'signature':
				return ['twilio-token.wrong-secret', 'likely'];
			case 'rate':
				return ['twilio-signalling.rate-limited', 'likely'];
			case 'token':
				return ['twilio-token.refused', 'likely'];
		}
	if (carrier === 'websocket') {
		if (topic === 'agent') return ['websocket.unknown-agent', 'likely'];
		if (topic === 'expired') return ['websocket.token-expired', 'likely'];
		if (topic === 'token' || topic === 'signature') return ['websocket.token-rejected', 'likely'];
		if (topic === 'overload') return ['websocket.overloaded', 'likely'];
	}
	return [layered(context, 'refused'), 'certain'];
}
