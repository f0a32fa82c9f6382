import { FAULTS, type Fault } from '#lib/core/errors.ts';
import type { CauseCode, Facts, CauseText } from '#lib/diagnostics/types.ts';
import type { CauseRow, Who } from './cause-rows.ts';
import { DEVICE_CAUSES } from './cause-words-device.ts';
import { SERVER_CAUSES } from './cause-words-server.ts';
import { SOCKET_CAUSES } from './cause-words-socket.ts';
import { faultWords } from './fault-words.ts';
import { wordFacts } from './word-facts.ts';

type OwnCause = keyof typeof SERVER_CAUSES | keyof typeof SOCKET_CAUSES | keyof typeof DEVICE_CAUSES;

/** Every cause that is no fault of a line has its words, or this does not compile; some faults have fuller ones here. */
const OWN: Readonly<Record<Exclude<CauseCode, Fault> | OwnCause, CauseRow>> = {
	...SERVER_CAUSES,
	...SOCKET_CAUSES,
	...DEVICE_CAUSES
};

/** Whom the words of a fault address, where it is not the user. */
const WHO: Readonly<Partial<Record<Fault, Who>>> = {
	...who('developer', [
		'token-endpoint.token-missing',
		'twilio-token.malformed',
		'twilio-token.no-voice-grant'
	]),
	...who('admin', [
		'config.not-json',
		'config.invalid',
		'token-endpoint.insecure',
		'token-endpoint.method-not-allowed',
		'token-endpoint.not-found',
		'token-endpoint.not-json',
		'token-endpoint.redirected',
		'token-endpoint.refused',
		'token-endpoint.keys-missing',
		'token-endpoint.token-elsewhere',
		'token-endpoint.too-large',
		'token-endpoint.server-error',
		'twilio-token.bad-identity',
		'twilio-token.lifetime-too-long',
		'twilio-token.no-outgoing-app',
		'twilio-token.refused',
		'twilio-token.wrong-issuer',
		'twilio-token.wrong-secret',
		'twilio-account.refused',
		'twilio-app.no-voice-url',
		'twilio-edge.unknown',
		'livekit-url.missing',
		'livekit-url.not-livekit',
		'server-url.scheme-missing',
		'server-url.insecure-scheme',
		'server-url.wrong-path',
		'livekit-token.not-yet-valid',
		'livekit-token.unknown-key',
		'livekit-token.wrong-secret',
		'livekit-token.no-join-grant',
		'livekit-token.wrong-room',
		'livekit-token.malformed',
		'livekit-signalling.upgrade-refused',
		'livekit-signalling.unreachable',
		'livekit-signalling.silent',
		'livekit-token.no-publish-grant',
		'agent.not-invited',
		'agent.never-joined',
		'agent.without-audio',
		'agent.left',
		'registration.refused',
		'call.forbidden'
	])
};

function who(one: Who, faults: readonly Fault[]): Partial<Record<Fault, Who>> {
	return Object.fromEntries(faults.map((fault) => [fault, one]));
}

const isOwn = (cause: CauseCode): cause is keyof typeof OWN => Object.hasOwn(OWN, cause);
const isFault = (cause: string): cause is Fault => (FAULTS as readonly string[]).includes(cause);

/** A cause in the language of the moment. Heavy: comes in a chunk of its own. */
export function causeWords(cause: CauseCode, facts: Facts = {}): CauseText {
	if (isOwn(cause)) {
		const [title, why, ...fixes] = OWN[cause];
		const words = wordFacts(facts);
		return {
			title: title(words),
			why: why(words),
			fix: fixes.map(([one, todo]) => ({ who: one, do: todo(words) }))
		};
	}
	const { title, why, todo } = faultWords(isFault(cause) ? cause : 'app.unexpected');
	return { title, why, fix: [{ who: (isFault(cause) ? WHO[cause] : undefined) ?? 'you', do: todo }] };
}
