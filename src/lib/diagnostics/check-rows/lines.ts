import type { Participant } from '../types.ts';
import * as given from '../testing.ts';
import { state, last, joined, relay, type CheckRow } from './seen.ts';

const { NOW } = given;

/** A room in which one other party is or was. */
const roomWith = (other: Participant) => ({
	conversation: { inRoomMs: 15_000, dispatched: [], others: [other] }
});

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
		last({ packetsReceived: 0 }, roomWith({ kind: 'agent', joinedAfterMs: 300, audioTracks: 0 })),
		['unsure', 'not-measured']
	],
	[
		'sound-received',
		'a room whose agent is muted',
		last(
			{ packetsReceived: 0 },
			roomWith({ kind: 'agent', joinedAfterMs: 300, audioTracks: 1, muted: true })
		),
		['unsure', 'not-measured']
	],
	[
		'sound-received',
		'a room whose agent should be heard',
		last({ packetsReceived: 0 }, roomWith({ kind: 'agent', joinedAfterMs: 300, audioTracks: 1 })),
		['fail', 'media.nothing-received']
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
	['call-quality', 'poor', last({ mos: 2.4, loss: 0.1, roundTripMs: 300 }), ['warn', 'media.poor-quality']],
	['call-quality', 'good', last({ mos: 4.2, roundTripMs: 40 }), 'pass'],
	[
		'call-end',
		'a setting behind what looked busy',
		{ desk: { calls: { recent: [given.failedCall('call.forbidden', { reason: 'busy' })] } } },
		['fail', 'call.forbidden']
	]
];
