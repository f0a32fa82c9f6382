import { describe, expect, it, test } from 'vitest';
import { kindOfAddress, playedOn, readPath, type PeerSeen } from './sound-path.ts';

const sdp = (...candidates: string[]) => ({
	sdp: [
		'v=0',
		'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		...candidates.map((line) => `a=candidate:${line}`),
		''
	].join('\r\n')
});
const peer = (more: Partial<PeerSeen> = {}): PeerSeen => ({
	iceConnectionState: 'connected',
	localDescription: sdp('1 1 udp 2122 192.168.1.5 40000 typ host generation 0'),
	remoteDescription: sdp(
		'2 1 udp 2130 203.0.113.7 50000 typ host',
		'3 1 tcp 1671 203.0.113.7 7881 typ host tcptype passive'
	),
	getSenders: () => [],
	...more
});

describe('the path of a call’s sound', () => {
	it('is what both sides have offered, in kinds', () => {
		const path = readPath([peer()]);
		expect(path).toEqual({
			ice: 'connected',
			local: [{ type: 'host', protocol: 'udp', address: 'private' }],
			remote: [
				{ type: 'host', protocol: 'udp', address: 'public' },
				{ type: 'host', protocol: 'tcp', address: 'public' }
			]
		});
		expect(JSON.stringify(path)).not.toMatch(/\d+\.\d+/);
	});

	it('has each kind once, however many addresses there are', () => {
		const many = Array.from({ length: 50 }, (_, n) => `${n} 1 UDP 1 10.0.0.${n} 4000 typ host`);
		expect(readPath([peer({ remoteDescription: sdp(...many) })])?.remote).toHaveLength(1);
	});

	it('of several connections is as good as the worst', () => {
		expect(readPath([peer(), peer({ iceConnectionState: 'failed' })])?.ice).toBe('failed');
		expect(readPath([peer({ iceConnectionState: 'checking' }), peer()])?.ice).toBe('checking');
	});

	it('names the pair in use where the browser tells it', () => {
		const iceTransport = {
			getSelectedCandidatePair: () => ({
				local: { type: 'relay', protocol: 'udp', address: '203.0.113.9' },
				remote: { type: 'prflx', protocol: 'udp', address: 'redacted-ip.invalid' }
			})
		};
		const seen = readPath([
			peer({ getSenders: () => [{ transport: { state: 'connected', iceTransport } }] })
		]);
		expect(seen).toMatchObject({
			dtls: 'connected',
			pair: {
				local: { type: 'relay', protocol: 'udp', address: 'public' },
				remote: { type: 'prflx', protocol: 'udp', address: 'unknown' }
			}
		});
	});

	it('is nothing before there is a connection, and empty before either side has spoken', () => {
		expect(readPath([])).toBeUndefined();
		expect(readPath([peer({ localDescription: null, remoteDescription: null })])).toMatchObject({
			local: [],
			remote: []
		});
	});
});

test('what plays it changes the path only where it has changed', () => {
	const path = { ice: 'connected', local: [], remote: [] };
	const outputs = [{ muted: false, volume: 1, paused: false }];
	const played = playedOn(path, outputs);
	expect(played).toEqual({ ...path, outputs });
	expect(playedOn(played, [{ muted: false, volume: 1, paused: false }])).toBe(played);
	expect(playedOn(played, [])).toMatchObject({ outputs: [] });
});

test.for([
	['10.255.255.1', 'private'],
	['172.16.0.1', 'private'],
	['172.32.0.1', 'public'],
	['192.168.0.9', 'private'],
	['100.64.0.1', 'private'],
	['169.254.1.1', 'private'],
	['127.0.0.1', 'loopback'],
	['168.86.128.4', 'public'],
	['fd00::2', 'private'],
	['[fe80::1]', 'private'],
	['::1', 'loopback'],
	['2001:db8::1', 'public'],
	['6a3b1c2d-0000.local', 'mdns'],
	['', 'unknown'],
	['relay.example.org', 'unknown']
] as const)('%s is %s', ([address, kind]) => {
	expect(kindOfAddress(address)).toBe(kind);
});
