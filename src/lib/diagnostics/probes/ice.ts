import type { IceServerResult } from '../types.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { foreign } from './shown.ts';
import { within, type ProbeDeps } from './wait.ts';

export interface Gathering {
	readonly candidates: Readonly<Record<string, number>>;
	readonly errors: IceServerResult['errors'];
	readonly mdns: number;
	readonly completedAfterMs?: number;
	readonly watchedMs: number;
}

/** Collects candidates with these servers. A silent relay never completes, so that a timer of ours ends it. */
export async function gatherCandidates(
	servers: readonly RTCIceServer[],
	policy: RTCIceTransportPolicy,
	deps: ProbeDeps
): Promise<Gathering> {
	const start = deps.clock.monotonic();
	const candidates: Record<string, number> = {};
	const errors: IceServerResult['errors'][number][] = [];
	const listening = new AbortController();
	const peer = new RTCPeerConnection({ iceServers: [...servers], iceTransportPolicy: policy });
	let mdns = 0;
	try {
		const complete = new Promise<void>((resolve) => {
			const options = { signal: listening.signal };
			const done = () => {
				if (peer.iceGatheringState === 'complete') resolve();
			};
			peer.addEventListener('icegatheringstatechange', done, options);
			const found = ({ candidate }: RTCPeerConnectionIceEvent) => {
				if (!candidate || candidate.candidate === '') return;
				const kind = kindOf(candidate);
				candidates[kind] = (candidates[kind] ?? 0) + 1;
				if (candidate.address?.endsWith('.local')) mdns++;
			};
			peer.addEventListener('icecandidate', found, options);
			const failed = ({ errorCode, errorText, url }: RTCPeerConnectionIceErrorEvent) => {
				errors.push({ code: errorCode, text: foreign(errorText), url: shownServer(url) });
			};
			peer.addEventListener('icecandidateerror', failed, options);
		});
		peer.createDataChannel('checkup');
		const offering = peer.setLocalDescription().then(() => complete);
		const outcome = await within(offering, THRESHOLDS.iceGatheringMs, deps);
		const watchedMs = Math.round(deps.clock.monotonic() - start);
		const completed = typeof outcome === 'string' ? {} : { completedAfterMs: watchedMs };
		return { candidates, errors: errors.slice(0, 10), mdns, ...completed, watchedMs };
	} finally {
		listening.abort();
		peer.close();
	}
}

/** One server by itself, each of its addresses; then, for a relay that gave a candidate, two peers that meet through it. */
export async function probeIceServer(
	url: string,
	{ username, credential }: Pick<RTCIceServer, 'username' | 'credential'>,
	deps: ProbeDeps
): Promise<IceServerResult> {
	const isRelay = /^turns?:/i.test(url);
	const server: RTCIceServer = {
		urls: url,
		...(username === undefined ? {} : { username }),
		...(credential === undefined ? {} : { credential })
	};
	const shown = shownServer(url);
	try {
		const { mdns: _mdns, ...gathered } = await gatherCandidates([server], isRelay ? 'relay' : 'all', deps);
		const hasRelay = Object.keys(gathered.candidates).some((kind) => kind.startsWith('relay/'));
		const pair =
			isRelay && hasRelay
				? await meet({ iceServers: [server], iceTransportPolicy: 'relay' }, deps)
				: undefined;
		return { url: shown, ...gathered, ...(pair ? { pairConnected: pair.connected } : {}) };
	} catch (error) {
		// An address that this browser refuses outright.
		const text = error instanceof Error ? foreign(error.message) : '';
		return { url: shown, candidates: {}, errors: [{ code: 0, text, url: shown }], watchedMs: 0 };
	}
}

const MEETING_MS = 3_000;

/** Two peers of this page that try to meet. Rejects where the browser has no peers at all. */
export async function meet(
	configuration: RTCConfiguration,
	deps: ProbeDeps
): Promise<{ readonly connected: boolean; readonly ms: number }> {
	const start = deps.clock.monotonic();
	const [one, other] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
	const listening = new AbortController();
	const pass = (from: RTCPeerConnection, to: RTCPeerConnection) =>
		from.addEventListener(
			'icecandidate',
			({ candidate }) => {
				if (candidate) to.addIceCandidate(candidate).catch(() => {});
			},
			{ signal: listening.signal }
		);
	try {
		pass(one, other);
		pass(other, one);
		const channel = one.createDataChannel('checkup');
		const opened = new Promise<void>((resolve) =>
			channel.addEventListener('open', () => resolve(), { signal: listening.signal })
		);
		const meeting = async () => {
			await one.setLocalDescription();
			if (one.localDescription) await other.setRemoteDescription(one.localDescription);
			await other.setLocalDescription();
			if (other.localDescription) await one.setRemoteDescription(other.localDescription);
			await opened;
		};
		const outcome = await within(meeting(), MEETING_MS, deps);
		return { connected: typeof outcome !== 'string', ms: Math.round(deps.clock.monotonic() - start) };
	} finally {
		listening.abort();
		one.close();
		other.close();
	}
}

/** 'host/udp', 'srflx/udp'; a relay by the way to it: 'relay/tls'. */
function kindOf(candidate: RTCIceCandidate): string {
	const { type, protocol } = candidate;
	if (type !== 'relay') return `${type ?? 'unknown'}/${protocol ?? 'unknown'}`;
	// Standard, and not in every list of types yet.
	const { relayProtocol } = candidate as RTCIceCandidate & { readonly relayProtocol?: string | null };
	return `relay/${relayProtocol ?? protocol ?? 'unknown'}`;
}

/** 'turn:host:443?transport=tcp', and nothing that follows. */
function shownServer(url: string | null | undefined): string {
	return foreign((url ?? '').replace(/\/\/[^/@]*@/, '')).slice(0, 120);
}
