/** One end of a path for sound: kinds of things, never an address. */
export interface PathEnd {
	readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
	readonly protocol: 'udp' | 'tcp';
	readonly address: 'private' | 'public' | 'mdns' | 'loopback' | 'unknown';
}

/** How the sound of a call gets there and back, and is played here. */
export interface SoundPath {
	/** RTCPeerConnection.iceConnectionState; of several connections the one that is worst off. */
	readonly ice: string;
	/** RTCDtlsTransport.state, where that is known. */
	readonly dtls?: string;
	/** What either side has offered: each kind once. */
	readonly local: readonly PathEnd[];
	readonly remote: readonly PathEnd[];
	/** The pair in use, where the browser tells. */
	readonly pair?: { readonly local: PathEnd; readonly remote: PathEnd };
	/** What plays the far side's sound; absent where that cannot be told. */
	readonly outputs?: readonly SoundOutput[];
}

/** What plays the far side's sound. */
export interface SoundOutput {
	readonly muted: boolean;
	/** 0 to 1. */
	readonly volume: number;
	readonly paused: boolean;
	/** The name of the error with which the browser refused to play. */
	readonly refused?: string;
}

interface Candidate {
	readonly type?: string | null;
	readonly protocol?: string | null;
	readonly address?: string | null;
}

interface IceTransport {
	getSelectedCandidatePair?(): {
		readonly local?: Candidate | null;
		readonly remote?: Candidate | null;
	} | null;
}

/** The part of an RTCPeerConnection that is read. */
export interface PeerSeen {
	readonly iceConnectionState: string;
	readonly localDescription: { readonly sdp: string } | null;
	readonly remoteDescription: { readonly sdp: string } | null;
	getSenders(): readonly {
		readonly transport: { readonly state: string; readonly iceTransport: object } | null;
	}[];
}

/** The worse, the further to the front. */
const WORST = ['failed', 'disconnected', 'new', 'checking', 'closed', 'connected', 'completed'];
const badness = (state: string): number => WORST.indexOf(state) + 1;

/** Undefined where there is no connection yet. Nothing is asked of the network, and nothing waits. */
export function readPath(peers: readonly PeerSeen[]): SoundPath | undefined {
	const [peer] = peers.toSorted(
		(one, other) => badness(one.iceConnectionState) - badness(other.iceConnectionState)
	);
	if (!peer) return undefined;
	const transport = peer.getSenders().find((sender) => sender.transport)?.transport;
	const selected = (transport?.iceTransport as IceTransport | undefined)?.getSelectedCandidatePair?.();
	const local = selected?.local && endOf(selected.local);
	const remote = selected?.remote && endOf(selected.remote);
	return {
		ice: peer.iceConnectionState,
		...(transport ? { dtls: transport.state } : {}),
		local: endsIn(peers.map(({ localDescription }) => localDescription)),
		remote: endsIn(peers.map(({ remoteDescription }) => remoteDescription)),
		...(local && remote ? { pair: { local, remote } } : {})
	};
}

/** The same object where nothing has changed. */
export function playedOn(path: SoundPath, outputs: readonly SoundOutput[]): SoundPath {
	return JSON.stringify(path.outputs) === JSON.stringify(outputs) ? path : { ...path, outputs };
}

/** RFC 8839, 5.1: foundation, component, transport, priority, address, port, then `typ` and its word. */
const CANDIDATE = /^a=candidate:\S+ \d+ (\S+) \d+ (\S+) \d+ typ (\S+)/gm;

function endsIn(descriptions: readonly ({ readonly sdp: string } | null)[]): readonly PathEnd[] {
	const found = new Map<string, PathEnd>();
	for (const description of descriptions) {
		for (const [, protocol, address, type] of description?.sdp.matchAll(CANDIDATE) ?? []) {
			const end = endOf({ protocol: protocol?.toLowerCase() ?? null, address, type });
			if (end) found.set(`${end.type} ${end.protocol} ${end.address}`, end);
		}
	}
	return [...found.values()];
}

function endOf({
	type,
	protocol,
	address
}: { [K in keyof Candidate]: Candidate[K] | undefined }): PathEnd | undefined {
	if (type !== 'host' && type !== 'srflx' && type !== 'prflx' && type !== 'relay') return undefined;
	if (protocol !== 'udp' && protocol !== 'tcp') return undefined;
	return { type, protocol, address: kindOfAddress(address ?? '') };
}

/** RFC 1918, 6598, 3927, 4193, 4291 and 8828 (names ending in .local). Exported for its tests. */
export function kindOfAddress(written: string): PathEnd['address'] {
	const address = written.replace(/^\[|\]$/g, '').toLowerCase();
	if (address.endsWith('.local')) return 'mdns';
	if (address.includes(':')) {
		if (address === '::1') return 'loopback';
		return /^(?:f[cd]|fe[89ab])/.test(address) ? 'private' : 'public';
	}
	if (!/^\d+(?:\.\d+){3}$/.test(address)) return 'unknown';
	const [a = -1, b = -1] = address.split('.').map(Number);
	if (a === 127) return 'loopback';
	const isPrivate =
		a === 10 ||
		(a === 172 && b >= 16 && b <= 31) ||
		(a === 192 && b === 168) ||
		(a === 100 && b >= 64 && b <= 127) ||
		(a === 169 && b === 254);
	return isPrivate ? 'private' : 'public';
}
