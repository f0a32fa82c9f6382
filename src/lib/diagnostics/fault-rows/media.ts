import * as given from '../testing.ts';
import { without, talked, callFailed, relayOf, type Row } from './seen.ts';

export const media: readonly Row[] = [
	// I. Media
	[
		'ICE-01',
		'media.udp-blocked',
		callFailed(
			given.failedCall('media.not-connected', {
				answeredAfterMs: 900,
				media: given.media({ iceState: 'failed', packetsReceived: 0 })
			})
		)
	],
	['ICE-02', 'turn.wrong-credentials', relayOf([{ code: 401, text: 'Unauthorized.' }])],
	['ICE-03', 'turn.unreachable', relayOf([{ code: 701, text: 'TURN host lookup received error.' }])],
	['ICE-03 silent', 'turn.unreachable', relayOf([])],
	['ICE-05', 'browser.webrtc-disabled', { page: without('RTCPeerConnection') }],
	['ICE-06', 'media.nothing-received', talked({ packetsReceived: 0, heardEnergy: 0, heardLevelDbfs: null })],
	[
		'ICE-07',
		'media.nothing-sent',
		talked({ packetsSent: 0, track: { present: false, enabled: false, muted: false, live: false } })
	],
	[
		'ICE-10',
		'media.private-server-address',
		{
			agent: {
				calls: {
					recent: [
						given.failedCall('media.not-connected', {
							answeredAfterMs: 900,
							media: given.media({
								iceState: 'failed',
								remote: [{ type: 'host', protocol: 'udp', address: 'private' }]
							})
						})
					]
				}
			}
		}
	],
	[
		'ICE forbidden',
		'policy.ice-forbidden',
		{ page: { ice: { host: 0, mdns: 0, completedAfterMs: 8, loopbackConnected: false, servers: [] } } }
	]
];
