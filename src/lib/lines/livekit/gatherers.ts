import type { Secret } from '#lib/core/secret.ts';
import { gatherCandidates, probeIceServer } from '#lib/diagnostics/probes/ice.ts';
import { LIMITS } from '#lib/diagnostics/probes/limits.ts';
import { lineGatherer, stateTopics } from '#lib/diagnostics/probes/line-topics.ts';
import { writtenUrl } from '#lib/diagnostics/probes/shown.ts';
import { probeToken, type ProbedToken } from '#lib/diagnostics/probes/token.ts';
import type { ProbeDeps } from '#lib/diagnostics/probes/wait.ts';
import type {
	FetchAttempt,
	LineIce,
	LineSetup,
	Room,
	Signalling,
	WrittenAddress
} from '#lib/diagnostics/types.ts';
import type { GathererDeps, LineGatherer, TokenRequest } from '../module.ts';
import { NOBODY, testRoom, whyNotJoin } from './checkup-room.ts';
import { probeSignalling, validateRaw } from './checkup-socket.ts';
import type { JoinSeen } from './checkup-join.ts';
import type { LivekitSettings } from './meta.ts';
import { roomName } from './room-name.ts';
import { checkServerUrl, type ServerAddress } from './url-check.ts';

/** What the checkup observes of a LiveKit line. It never enters a room that anybody else could be in. */
export function gatherers(settings: LivekitSettings, deps: GathererDeps): readonly LineGatherer[] {
	const run = new Run(settings, deps);
	const { id } = settings;
	if (deps.switchedOff)
		return [lineGatherer(id, 'setup', 0, async () => run.setup()), ...stateTopics(id, deps)];
	return [
		lineGatherer(id, 'token', LIMITS.tokenMs, (signal) => run.token(signal)),
		// What the endpoint gives counts more than what config.json says.
		lineGatherer(id, 'setup', 0, async () => run.setup(), ['token']),
		...stateTopics(id, deps),
		lineGatherer(id, 'signalling', LIMITS.tokenMs + LIMITS.targetMs, (signal) => run.signalling(signal), [
			'token'
		]),
		lineGatherer(id, 'room', LIMITS.registrationMs, (signal) => run.room(signal), ['signalling']),
		lineGatherer(id, 'lineIce', LIMITS.iceMs, (signal) => run.ice(signal), ['room'])
	];
}

/** What the topics of one run share. */
class Run {
	readonly #settings: LivekitSettings;
	readonly #deps: GathererDeps;
	#live: ProbedToken | undefined;
	#test: Secret | undefined;
	#notJoined: Room['notJoined'];
	#entered = false;
	/** The server's validation, where it was asked for and did not come. */
	#silent: FetchAttempt | undefined;
	#joined: JoinSeen | undefined;

	constructor(settings: LivekitSettings, deps: GathererDeps) {
		this.#settings = settings;
		this.#deps = deps;
	}

	setup(): LineSetup {
		const { token, identity, room, agent } = this.#settings;
		const { problems, switchedOff, dialsOut } = this.#deps;
		return {
			kind: 'livekit',
			accepted: true,
			problems,
			addresses: [
				{ role: 'token', written: writtenUrl(token.url), source: 'config', used: true },
				...this.#servers()
			],
			switchedOff,
			wants: { outgoing: dialsOut, incoming: false },
			...(identity === undefined ? {} : { identity }),
			fixedRoom: !room.includes('{random}'),
			agent: {
				...(agent.name === undefined ? {} : { name: agent.name }),
				expected: agent.expected ?? false,
				joinWithinSeconds: agent.joinWithinSeconds ?? 20
			}
		};
	}

	/** Nobody has given one: known only when the endpoint has answered. */
	#servers(): readonly WrittenAddress[] {
		const { serverUrl } = this.#settings;
		const given = this.#live?.serverUrl;
		const hasAnswered = this.#live?.secret !== undefined;
		return [
			...(given === undefined
				? []
				: [{ role: 'server', written: writtenUrl(given), source: 'endpoint', used: true } as const]),
			...(serverUrl === undefined
				? []
				: [
						{
							role: 'server',
							written: writtenUrl(serverUrl),
							source: 'config',
							used: given === undefined
						} as const
					]),
			...(given === undefined && serverUrl === undefined && hasAnswered
				? [{ role: 'server', written: '', source: 'none', used: true } as const]
				: [])
		];
	}

	async token(signal: AbortSignal) {
		const { identity, room, agent } = this.#settings;
		const { name, metadata = {} } = agent;
		const { clock, random } = this.#deps;
		this.#live = await this.#ask(
			{
				room: roomName(room, {
					identity: identity ?? '',
					now: clock.now(),
					random: (count) => random(count)
				}),
				...(identity === undefined ? {} : { identity }),
				...(name ? { agentName: name } : {}),
				...(Object.keys(metadata).length === 0 ? {} : { agentMetadata: JSON.stringify(metadata) })
			},
			signal
		);
		this.#deps.shareToken(this.#live.secret);
		return { ...this.#live.evidence, askedForAgent: Boolean(name) };
	}

	async signalling(signal: AbortSignal): Promise<Signalling> {
		if (this.#deps.inCall()) {
			this.#notJoined = 'in-a-call';
			return { targets: [], notTried: 'in-a-call' };
		}
		const address = this.#address();
		if (!address) {
			this.#notJoined = 'no-address';
			return { targets: [], notTried: 'no-address' };
		}
		await this.#askForTest(signal);
		const seen = await probeSignalling(address, this.#test, this.#probe(signal));
		this.#silent = seen.targets.map(({ cors }) => cors).find((cors) => cors?.outcome === 'pending');
		this.#entered = seen.targets.some(({ confirmedAfterMs }) => confirmedAfterMs !== undefined);
		return seen;
	}

	async room(signal: AbortSignal): Promise<Room> {
		const address = this.#address();
		const notJoined = this.#deps.inCall() ? 'in-a-call' : this.#notJoined;
		if (!address) return { validate: [], notJoined: 'no-address' };
		// Whoever has not answered that question will not do so now.
		const answered = this.#silent
			? { validate: [this.#silent] }
			: await validateRaw(address, this.#live?.secret, this.#probe(signal));
		if (notJoined) return { ...answered, notJoined };
		if (!this.#test || !this.#entered) return { ...answered, notJoined: this.#test ? 'refused' : 'no-token' };
		const { joinOnce } = await import('./checkup-join.ts');
		this.#joined = await joinOnce(this.#deps.audio(), address, this.#test, this.#probe(signal));
		const { join, requests } = this.#joined;
		return { ...answered, join, requests };
	}

	async ice(signal: AbortSignal): Promise<LineIce> {
		if (this.#deps.inCall()) return { servers: [], policy: 'all', notTried: 'in-a-call' };
		if (!this.#joined) return { servers: [], policy: 'all', notTried: 'no-servers-known' };
		const { iceServers, relayOnly } = this.#joined;
		const policy = relayOnly ? 'relay' : 'all';
		const probe = this.#probe(signal);
		const each = iceServers.flatMap((server) =>
			[server.urls].flat().map((url) => probeIceServer(url, server, probe))
		);
		const [together, ...servers] = await Promise.all([gatherCandidates(iceServers, policy, probe), ...each]);
		return { servers, together: together.candidates, policy };
	}

	/** A token for a room of our own. Its agent is nobody, unless the line has one of its own that has to be invited. */
	async #askForTest(signal: AbortSignal): Promise<void> {
		const { identity, agent } = this.#settings;
		if (!this.#live?.secret) {
			this.#notJoined = 'no-token';
			return;
		}
		const test = testRoom(hex(this.#deps.random(8)));
		const quiet = { ...test, agentName: NOBODY };
		let asked = await this.#ask(quiet, signal);
		// A server may know its agents by name, and refuse others.
		if (!asked.secret && isObjection(asked.evidence.asked?.status)) asked = await this.#ask(test, signal);
		if (!asked.secret) {
			this.#notJoined = 'no-token';
			return;
		}
		const agentComesByItself = agent.expected === true && !agent.name;
		const live = { claims: this.#live.evidence.claims, identity, agentComesByItself };
		this.#notJoined = whyNotJoin(asked.secret, test, live);
		if (!this.#notJoined) this.#test = asked.secret;
	}

	#ask(request: Omit<TokenRequest, 'kind' | 'line'>, signal: AbortSignal): Promise<ProbedToken> {
		const { token, id } = this.#settings;
		const { base } = this.#deps;
		const bearer = (origin: string) => this.#deps.bearer(origin);
		const plan = {
			settings: token,
			request: { ...request, kind: 'livekit' as const, line: id },
			base,
			bearer
		};
		return probeToken(plan, this.#probe(signal));
	}

	#address(): ServerAddress | undefined {
		const address = checkServerUrl(this.#live?.serverUrl ?? this.#settings.serverUrl, location.protocol);
		return address.ok ? address.value : undefined;
	}

	#probe(signal: AbortSignal): ProbeDeps {
		return { clock: this.#deps.clock, signal, sockets: this.#deps.sockets };
	}
}

/** The request itself is not to the server's liking; not who asks, nor how often. */
const isObjection = (status = 0): boolean =>
	status >= 400 && status < 500 && ![401, 403, 429].includes(status);

const hex = (bytes: Uint8Array): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
