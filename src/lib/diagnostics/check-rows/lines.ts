import type { Participant } from '../types.ts';
import * as given from '../testing.ts';
import { agentIs, room } from '../fault-rows/seen.ts';
import { state, last, joined, relay, type CheckRow } from './seen.ts';

const { NOW } = given;

/** A room in which one other party is or was. */
const roomWith = (other: Participant) => ({
	conversation: { inRoomMs: 15_000, dispatched: [], others: [other] }
});

const NO_PATH = { outcome: 'pending', ms: 10_000, enteredAfterMs: 300 };
const PUBLIC = { type: 'host', protocol: 'udp', address: 'public' } as const;
const PRIVATE = { ...PUBLIC, address: 'private' } as const;

const { renderers: _untold, ...untold } = given.media();
/** A call on a line that does not know what plays it. */
const lastUntold = { desk: { calls: { recent: [given.call({ media: untold })] } } };

/** Branches that no row of the fault table and no trap goes through. */
export const lines: readonly CheckRow[] = [
	[
		'registration',
		'refused in the server’s words',
		{ desk: { registration: { by: 'probe', said: [{ code: 31301, means: 'registration.refused' }] } } },
		['fail', 'registration.refused']
	],
	[
		'room-join',
		'the identity is live',
		{ agent: { room: { validate: [], notJoined: 'live-identity' } } },
		['unsure', 'would-disturb']
	],
	[
		'room-join',
		'no media in the test room',
		joined({ failure: { message: 'could not establish pc connection' } }),
		['fail', 'media.udp-blocked']
	],
	[
		'room-join',
		'no first message',
		joined({ failure: { message: 'timed out while waiting for the first message' } }),
		['fail', 'livekit-signalling.silent']
	],
	[
		'room-join',
		'kicked by its own name',
		joined({ disconnectReason: 2 }),
		['fail', 'livekit-room.duplicate-identity']
	],
	[
		'line-state',
		'a fault that only the line has seen',
		state({ because: { fault: 'twilio-account.refused', vendorCode: 20403, facts: {}, at: NOW } }),
		['fail', 'twilio-account.refused']
	],
	[
		'line-state',
		'does not hold',
		state({
			phase: 'ready',
			interruptions: [1, 2, 3].map((n) => ({
				at: NOW - n * 1000,
				backAfterMs: 500,
				fault: 'twilio-signalling.interrupted' as const
			}))
		}),
		['warn', 'twilio-signalling.unstable']
	],
	['line-state', 'opening', state({ phase: 'opening' }), ['unsure', 'still-waiting']],
	['relay', 'full, and nothing else is allowed', relay('relay', {}), ['fail', 'turn.overloaded']],
	['relay', 'full, with other ways open', relay('all', { 'host/udp': 1 }), ['warn', 'turn.overloaded']],
	['sound-sent', 'muted by its user', last({ muted: true, packetsSent: 0 }), 'pass'],
	['sound-sent', 'digital silence', last({ sentLevelDbfs: null }), ['fail', 'microphone.silent']],
	[
		'sound-sent',
		'publishing was refused',
		last({ publishThrew: { name: 'PublishTrackError', message: 'insufficient permissions' } }),
		['fail', 'livekit-token.no-publish-grant']
	],
	[
		'sound-received',
		'a room in which nobody speaks',
		last(
			{ packetsReceived: 0, heardLevelDbfs: null },
			roomWith({ kind: 'agent', joinedAfterMs: 300, audioTracks: 0 })
		),
		['unsure', 'not-measured']
	],
	[
		'sound-received',
		'a room whose agent is muted',
		last(
			{ packetsReceived: 0, heardLevelDbfs: null },
			roomWith({ kind: 'agent', joinedAfterMs: 300, audioTracks: 1, muted: true })
		),
		['unsure', 'not-measured']
	],
	[
		'sound-received',
		'a room whose agent should be heard',
		last(
			{ packetsReceived: 0, heardLevelDbfs: null },
			roomWith({ kind: 'agent', joinedAfterMs: 300, audioTracks: 1 })
		),
		['fail', 'media.nothing-received']
	],
	[
		'sound-received',
		'what was heard and not counted',
		last({ packetsReceived: 0, heardLevelDbfs: -30 }),
		'pass'
	],
	['sound-received', 'nothing but silence', last({ heardEnergy: 0 }), ['unsure', 'not-measured']],
	[
		'playback',
		'a graph that waits for a gesture',
		last({
			renderers: [{ kind: 'audio-graph', muted: false, volume: 1, paused: false, context: 'suspended' }]
		}),
		['fail', 'speaker.autoplay-blocked']
	],
	[
		'playback',
		'packets that nothing plays, and that nobody could measure therefore',
		last({ renderers: [], heardEnergy: 0, heardLevelDbfs: null }),
		['fail', 'speaker.no-renderer']
	],
	[
		'playback',
		'no element, and nothing to play',
		last({ renderers: [], heardEnergy: 0, packetsReceived: 0 }),
		['skipped', 'not-measured']
	],
	['playback', 'a line that cannot tell what plays', lastUntold, ['skipped', 'not-measured']],
	[
		'playback',
		'turned down, and therefore without energy',
		last({ renderers: [{ kind: 'element', muted: false, volume: 0, paused: false }], heardEnergy: 0 }),
		['fail', 'speaker.turned-down']
	],
	[
		'playback',
		'nothing to be heard in what is played',
		last({ heardEnergy: 0 }),
		['skipped', 'not-measured']
	],
	[
		'room-join',
		'a token that would bring an agent',
		{ agent: { room: { validate: [], notJoined: 'would-wake-agent' } } },
		['unsure', 'would-disturb']
	],
	[
		'room-join',
		'let in, and no path in good time',
		joined({ ...NO_PATH, path: { ice: 'checking', local: [], remote: [PUBLIC] } }),
		['fail', 'media.udp-blocked']
	],
	[
		'room-join',
		'let in, and the server told only addresses that nobody outside can reach',
		joined({ ...NO_PATH, path: { ice: 'checking', local: [], remote: [PRIVATE] } }),
		['fail', 'media.private-server-address']
	],
	[
		'room-join',
		'let in so late that a path had no time',
		joined({ ...NO_PATH, enteredAfterMs: 7_000, path: { ice: 'checking', local: [], remote: [] } }),
		['unsure', 'still-waiting']
	],
	[
		'media-path',
		'a path whose encryption failed',
		{
			desk: {
				calls: {
					recent: [
						given.failedCall('media.not-connected', {
							answeredAfterMs: 900,
							media: given.media({ iceState: 'connected', dtlsState: 'failed' })
						})
					]
				}
			}
		},
		['fail', 'media.not-connected']
	],
	[
		'agent',
		'one that sends only silence, when it was hung up on',
		room({ agentFault: 'agent.silent', ...agentIs({ agentState: 'failed' }) }),
		['fail', 'agent.silent']
	],
	[
		'agent',
		'one that keeps thinking',
		room({ agentFault: 'agent.stuck', ...agentIs({ agentState: 'failed' }) }),
		['fail', 'agent.stuck']
	],
	[
		'call-end',
		'our own hanging up on an agent in trouble',
		{ desk: { calls: { recent: [given.failedCall('agent.stuck', { reason: 'hung-up' })] } } },
		['fail', 'agent.stuck']
	],
	['call-quality', 'poor', last({ mos: 2.4, loss: 0.1, roundTripMs: 300 }), ['warn', 'media.poor-quality']],
	['call-quality', 'good', last({ mos: 4.2, roundTripMs: 40 }), 'pass'],
	[
		'call-end',
		'a setting behind what looked busy',
		{ desk: { calls: { recent: [given.failedCall('call.forbidden', { reason: 'busy' })] } } },
		['fail', 'call.forbidden']
	],
	[
		'call-end',
		'a microphone that was refused to the call, and that the browser would ask for again',
		{
			page: { permissions: { ...given.HEALTHY.page.permissions, microphone: 'prompt' } },
			desk: { calls: { recent: [given.failedCall('microphone.blocked')] } }
		},
		['fail', 'microphone.prompt-unanswered']
	],
	[
		'call-end',
		'a microphone that is denied',
		{
			page: { permissions: { ...given.HEALTHY.page.permissions, microphone: 'denied' } },
			desk: { calls: { recent: [given.failedCall('microphone.blocked')] } }
		},
		['fail', 'microphone.blocked']
	]
];
