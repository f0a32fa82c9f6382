import type { Secret } from '#lib/core/secret.ts';
import { lineGatherer, settledState, stateTopics } from '#lib/diagnostics/probes/line-topics.ts';
import { writtenUrl } from '#lib/diagnostics/probes/shown.ts';
import { probeSocket, type OpenSocket } from '#lib/diagnostics/probes/socket.ts';
import type { Talk } from '#lib/diagnostics/probes/talk.ts';
import { probeTarget } from '#lib/diagnostics/probes/target.ts';
import { LIMITS } from '#lib/diagnostics/probes/limits.ts';
import { probeToken } from '#lib/diagnostics/probes/token.ts';
import type {
	Evidence,
	LineSetup,
	Registration,
	ServerWord,
	Signalling,
	Target
} from '#lib/diagnostics/types.ts';
import type { GathererDeps, LineGatherer } from '../module.ts';
import type { TwilioSettings } from './meta.ts';
import { listenFrame, nextAnswer, registerFrame } from './signal-talk.ts';

/** Good in shape, and signed by nobody. */
const DUMMY_TOKEN = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJncmFudHMiOnt9fQ.AAAA';
const ROAMING = 'roaming';

/** What the checkup observes of a Twilio line. Nothing here dials, and no token is shown to anybody but its gateways. */
export function gatherers(settings: TwilioSettings, deps: GathererDeps): readonly LineGatherer[] {
	const { id } = settings;
	let token: Secret | undefined;
	const probe = (signal: AbortSignal) => ({ clock: deps.clock, signal, sockets: deps.sockets });

	const known = [lineGatherer(id, 'setup', 0, async () => setupOf(settings, deps)), ...stateTopics(id, deps)];
	if (deps.switchedOff) return known;
	return [
		...known,
		lineGatherer(id, 'token', LIMITS.tokenMs, async (signal) => {
			const request = {
				kind: 'twilio' as const,
				line: id,
				...(settings.identity === undefined ? {} : { identity: settings.identity })
			};
			const bearer = (origin: string) => deps.bearer(origin);
			const plan = { settings: settings.token, request, base: deps.base, bearer };
			const probed = await probeToken(plan, probe(signal));
			token = probed.secret;
			deps.shareToken(token);
			return probed.evidence;
		}),
		lineGatherer(
			id,
			'signalling',
			LIMITS.targetMs,
			async (signal): Promise<Signalling> => {
				if (deps.inCall()) return { targets: [], notTried: 'in-a-call' };
				const plans = targetsOf(settings, token?.reveal());
				return { targets: await Promise.all(plans.map((plan) => probeTarget(plan, probe(signal)))) };
			},
			['token']
		),
		lineGatherer(
			id,
			'registration',
			LIMITS.registrationMs,
			async (signal, soFar) => {
				const notAsked = whyNotAsked(settings, deps, soFar);
				// A line that is opening is waited for only where it would be registered beside it otherwise.
				const state = notAsked ? deps.snapshot() : await settledState(deps, signal);
				if (state?.phase === 'ready' && state.receiving === true) {
					const { readySince } = state;
					const age = readySince === undefined ? {} : { ageMs: deps.clock.now() - readySince };
					return { by: 'line', said: [], ...age };
				}
				if (notAsked || !token) return { by: 'nobody', said: [], notAsked: notAsked ?? 'no-signalling' };
				return register(urlOf(settings, reachedEdge(settings, soFar)), token, probe(signal));
			},
			['token', 'signalling', 'state']
		),
		// Twilio's media servers have public addresses and no relays of their own.
		lineGatherer(id, 'lineIce', 0, async () => ({
			servers: [],
			policy: 'all',
			notTried: 'no-servers-known'
		}))
	];
}

function setupOf(settings: TwilioSettings, deps: GathererDeps): LineSetup {
	const { token, gateway, edges, expect, identity, incoming } = settings;
	return {
		kind: 'twilio',
		accepted: true,
		problems: deps.problems,
		addresses: [
			{ role: 'token', written: writtenUrl(token.url), source: 'config', used: true },
			gateway === undefined
				? { role: 'server', written: writtenUrl(urlOf(settings, edges[0])), source: 'vendor', used: true }
				: { role: 'gateway', written: gateway, source: 'config', used: true }
		],
		switchedOff: deps.switchedOff,
		wants: { outgoing: deps.dialsOut, incoming },
		...(gateway === undefined ? { edges } : {}),
		expect,
		...(identity === undefined ? {} : { identity })
	};
}

/** As the SDK makes it (lib/twilio/regions.ts), and our own stream for gateways that are written with a scheme. */
function urlOf({ gateway }: TwilioSettings, edge = ROAMING): string {
	if (gateway === undefined) return `wss://voice-js.${edge}.twilio.com/signal`;
	return `${gateway.startsWith('ws://') ? gateway : `wss://${gateway}`}/signal`;
}

const edgesOf = ({ gateway, edges }: TwilioSettings): readonly (string | undefined)[] =>
	gateway === undefined ? edges : [undefined];

/** Without a token only whether the sockets open: the question that needs none. */
function targetsOf(settings: TwilioSettings, token: string | undefined) {
	const edges = edgesOf(settings);
	return edges.map((edge, at) => {
		const url = urlOf(settings, edge);
		const isElsewhere = edge !== undefined && !edges.includes(ROAMING);
		return {
			role: at === 0 ? ('primary' as const) : ('edge' as const),
			...(edge === undefined ? {} : { name: edge }),
			url,
			...(token === undefined ? {} : { talk: listen(token) }),
			expectsConfirmation: token !== undefined,
			variants: {
				...(token === undefined ? {} : { noToken: { url }, dummyToken: { url, talk: listen(DUMMY_TOKEN) } }),
				...(isElsewhere ? { defaultHost: { url: urlOf(settings), what: ROAMING } } : {})
			}
		};
	});
}

/** Shows the token and waits for the gateway's word on it. It registers nothing: no call rings on this socket. */
const listen =
	(token: string): Talk =>
	async (socket, hearing) => {
		socket.send(listenFrame(token));
		const answer = await nextAnswer(socket, LIMITS.confirmationMs);
		if (!answer) return;
		if ('refused' in answer) hearing.say(answer.refused);
		else if (answer.type === 'connected') hearing.confirm();
	};

/**
 * Asking would disturb where a line is registered, here or in another tab: of two registrations of one identity the
 * younger one may get the calls, and nobody would answer them.
 */
function whyNotAsked(
	settings: TwilioSettings,
	deps: GathererDeps,
	soFar: Evidence
): Registration['notAsked'] | undefined {
	if (!settings.incoming) return 'not-wanted';
	if (deps.inCall() || !deps.ownsPhone) return 'would-disturb';
	const known = soFar.lines[settings.id];
	if (!known?.signalling?.ok || !known.signalling.value.targets.some(isConfirmed)) return 'no-signalling';
	const voice = known.token?.ok ? known.token.value.claims?.payload?.['grants'] : undefined;
	return letsIn(voice) ? undefined : 'not-allowed-by-token';
}

const isConfirmed = ({ confirmedAfterMs }: Target): boolean => confirmedAfterMs !== undefined;

function letsIn(grants: unknown): boolean {
	const { voice } = (grants ?? {}) as {
		readonly voice?: { readonly incoming?: { readonly allow?: unknown } };
	};
	return voice?.incoming?.allow === true;
}

function reachedEdge(settings: TwilioSettings, { lines }: Evidence): string | undefined {
	const signalling = lines[settings.id]?.signalling;
	return signalling?.ok ? signalling.value.targets.find(isConfirmed)?.name : undefined;
}

/** Registers on a socket of its own, times the answer, and takes the registration back before it lets go. */
async function register(
	url: string,
	token: Secret,
	deps: Parameters<typeof probeSocket>[1]
): Promise<Registration> {
	const said: ServerWord[] = [];
	const askedAt = deps.clock.now();
	let asked: number | undefined;
	let ended: number | undefined;
	let ready: number | undefined;
	const hear = async (socket: OpenSocket, wanted: string, ms: number): Promise<boolean> => {
		const answer = await nextAnswer(socket, ms);
		if (answer && 'refused' in answer) said.push(answer.refused);
		return answer !== undefined && 'type' in answer && answer.type === wanted;
	};
	await probeSocket(
		{
			url,
			talk: async (socket) => {
				socket.send(listenFrame(token.reveal()));
				if (!(await hear(socket, 'connected', LIMITS.confirmationMs))) return;
				asked = socket.ageMs;
				socket.send(registerFrame(true));
				if (await hear(socket, 'ready', LIMITS.watchdogMs)) ready = socket.ageMs - asked;
				ended = socket.ageMs;
				socket.send(registerFrame(false));
			}
		},
		deps
	);
	return {
		by: 'probe',
		askedAt,
		said,
		...(ready === undefined ? {} : { readyAfterMs: ready }),
		...(asked === undefined || ended === undefined ? {} : { watchedMs: ended - asked })
	};
}
