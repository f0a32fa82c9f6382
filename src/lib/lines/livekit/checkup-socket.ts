import type { Secret } from '#lib/core/secret.ts';
import { LIMITS } from '#lib/diagnostics/probes/limits.ts';
import type { Talk } from '#lib/diagnostics/probes/talk.ts';
import { probeFetch, type FetchSeen } from '#lib/diagnostics/probes/fetch.ts';
import { probeTarget } from '#lib/diagnostics/probes/target.ts';
import { within, type ProbeDeps } from '#lib/diagnostics/probes/wait.ts';
import type { Room as RoomEvidence, ServerWord, Signalling } from '#lib/diagnostics/types.ts';
import type { ServerAddress } from './url-check.ts';
import { verdictOf } from './validate.ts';

/** First bytes of SignalResponse (livekit_rtc.proto): its fields `join` (1) and `leave` (8), both messages. */
const JOIN = 0x0a;
const LEAVE = 0x42;
/** SignalRequest with an empty `leave` (8): the server forgets us at once, and waits for nobody. */
const LEAVING = new Uint8Array([0x42, 0x00]);

const query = (token: Secret | undefined): string =>
	token ? `?access_token=${encodeURIComponent(token.reveal())}` : '';

/**
 * The WebSocket of the server with a token that may join. Without one the socket is opened only where nothing answers over
 * HTTP either: a LiveKit server refuses an upgrade without a token, which would look like a broken proxy.
 */
export async function probeSignalling(
	address: ServerAddress,
	token: Secret | undefined,
	deps: ProbeDeps
): Promise<Signalling> {
	const plan = {
		role: 'primary' as const,
		url: `${address.ws}/rtc${query(token)}`,
		companion: `${address.http}/rtc/validate${query(token)}`,
		expectsConfirmation: token !== undefined,
		...(token ? { talk: enter } : {})
	};
	if (token) return { targets: [await probeTarget(plan, deps)] };
	const url = plan.companion;
	const asking = probeFetch({ url, init: { mode: 'no-cors' }, ms: LIMITS.companionMs }, deps);
	const early = await within(asking, LIMITS.silentMs, deps);
	const isThere = ({ attempt: { outcome } }: FetchSeen) => outcome === 'answered' || outcome === 'opaque';
	if (typeof early !== 'string' && isThere(early.value)) return UNTRIED;
	// What is silent so far is tried beside the wait for it, or the two would add up.
	const [target, late] = await Promise.all([probeTarget(plan, deps), asking]);
	return isThere(late) ? UNTRIED : { targets: [target] };
}

const UNTRIED: Signalling = { targets: [], notTried: 'no-token' };

/** Waits for the server's word that we are in, and leaves. */
const enter: Talk = async (socket, hearing) => {
	const first = await socket.next(LIMITS.confirmationMs);
	if (!(first instanceof ArrayBuffer)) return;
	const [kind] = new Uint8Array(first);
	if (kind === JOIN) hearing.confirm();
	if (kind === LEAVE) hearing.say({ text: 'leave' });
	socket.send(LEAVING);
};

/** The server's own answer to a token; nobody joins by it, and no room comes about. Older servers have only the first path. */
export async function validateRaw(
	address: ServerAddress,
	token: Secret | undefined,
	deps: ProbeDeps
): Promise<Pick<RoomEvidence, 'validate' | 'said'>> {
	const ask = (path: string) =>
		probeFetch({ url: `${address.http}${path}${query(token)}`, ms: LIMITS.companionMs }, deps);
	const first = await ask('/rtc/validate');
	const all = first.attempt.status === 404 ? [first, await ask('/rtc/v1/validate')] : [first];
	const word = token ? wordOf(all.at(-1)) : undefined;
	return { validate: all.map(({ attempt }) => attempt), ...(word ? { said: word } : {}) };
}

function wordOf(seen: FetchSeen | undefined): ServerWord | undefined {
	const { status, excerpt } = seen?.attempt ?? {};
	if (status === undefined || status < 300) return undefined;
	const means = verdictOf({ status, body: seen?.text ?? '', withToken: true })?.fault;
	return { code: status, ...(excerpt ? { text: excerpt } : {}), ...(means ? { means } : {}) };
}
