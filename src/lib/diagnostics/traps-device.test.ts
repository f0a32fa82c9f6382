import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import * as given from './testing.ts';
import type { Changes } from './testing.ts';
import type { MicrophoneAttempt, MicrophoneFigures, PageEvidence } from './types.ts';

const { HEALTHY, NOW } = given;
const opened = HEALTHY.page.microphone.attempts[0] as MicrophoneAttempt & { figures: MicrophoneFigures };
const hearing = (figures: Partial<MicrophoneFigures>): Partial<PageEvidence> => ({
	microphone: {
		...HEALTHY.page.microphone,
		attempts: [{ ...opened, figures: { ...opened.figures, ...figures } }]
	}
});
const lineIce = (urls: Record<string, Record<string, number>>, errors = 0): Changes => ({
	agent: {
		lineIce: {
			policy: 'all',
			together: { 'host/udp': 1 },
			servers: Object.entries(urls).map(([url, candidates]) => ({
				url,
				candidates,
				watchedMs: 900,
				completedAfterMs: 900,
				errors: errors > 0 ? [{ code: 701, text: 'Failed to establish connection', url }] : []
			}))
		}
	}
});
const talked = (media: Parameters<typeof given.media>[0]): Changes => ({
	desk: { calls: { recent: [given.call({ media: given.media(media) })] } }
});
const room = (conversation: object, wanted: object = {}): Changes => ({
	agent: {
		setup: { ...HEALTHY.agent.setup, agent: { expected: true, joinWithinSeconds: 20, ...wanted } },
		calls: {
			recent: [
				given.call({ conversation: { inRoomMs: 15_000, dispatched: [], others: [], ...conversation } })
			]
		}
	}
});

/** Healthy set-ups that a naive rule flags. */
const TRAPS: readonly (readonly [trap: string, changes: Changes])[] = [
	['T8 a relay only', talked({ local: [{ type: 'relay', protocol: 'udp', address: 'public' }] })],
	[
		'T8 one of several relay addresses fails',
		lineIce({ 'turn:a.example.org': {}, 'turns:b.example.org': { 'relay/tls': 1 } }, 1)
	],
	['T8 no reflexive candidate on a VPN', lineIce({ 'stun:stun.example.org': { 'host/udp': 1 } })],
	['T9 a quiet room', { page: hearing({ nonZero: 30_000, peakDbfs: -70, rmsDbfs: -80, floorDbfs: -84 }) }],
	[
		'T9 a suspended context gives false zeros',
		{ page: hearing({ context: 'suspended', nonZero: 0, peakDbfs: null, rmsDbfs: null, floorDbfs: null }) }
	],
	[
		'T9 a headset that is still waking',
		{ page: hearing({ samples: 4_000, nonZero: 0, peakDbfs: null, rmsDbfs: null, floorDbfs: null }) }
	],
	[
		'T13 answered in another tab',
		{
			page: { phone: { ...HEALTHY.page.phone, otherTabs: 1 } },
			desk: {
				calls: {
					recent: [
						given.call({ direction: 'in', reason: 'answered-elsewhere', talkedMs: 0, endedAfterMs: 900 })
					]
				}
			}
		}
	],
	['T15 an agent that is not there yet', room({ inRoomMs: 6_000 })],
	[
		'T15 an agent that publishes only when it speaks',
		room({ others: [{ kind: 'agent', joinedAfterMs: 500, audioTracks: 0, agentState: 'listening' }] })
	],
	[
		'T15 an agent that came after 8 s',
		room({ others: [{ kind: 'agent', joinedAfterMs: 8_000, audioTracks: 1 }] })
	],
	['T17 few packets in silence', talked({ packetsSent: 4, packetsReceived: 5 })],
	['T17 no energy while the far side holds', talked({ heardEnergy: 0, heardLevelDbfs: null })],
	[
		'T20 a second tab that is left unregistered',
		{
			page: { phone: { ...HEALTHY.page.phone, ownership: 'elsewhere', otherTabs: 1 } },
			desk: {
				state: { phase: 'off', wasReady: false, since: NOW, attempts: 0, interruptions: [] },
				registration: { by: 'nobody', notAsked: 'would-disturb', said: [] }
			}
		}
	],
	[
		'a line that the user has switched off',
		{
			desk: {
				setup: { ...HEALTHY.desk.setup, switchedOff: true },
				state: { phase: 'off', wasReady: false, since: NOW, attempts: 0, interruptions: [] }
			}
		}
	],
	[
		'a call that was hung up after a talk (SIP-10)',
		{ desk: { calls: { recent: [given.call({ media: given.media() })] } } }
	],
	[
		'a call that the caller gave up',
		{
			desk: {
				calls: {
					recent: [given.call({ direction: 'in', reason: 'missed', talkedMs: 0, endedAfterMs: 1_500 })]
				}
			}
		}
	]
];

describe('a healthy device and its calls', () => {
	it.each(TRAPS)('%s: no cause', (_trap, changes) => {
		const { findings, verdict } = judge(given.evidence(changes));
		expect(findings).toEqual([]);
		expect(['healthy', 'unknown']).toContain(verdict);
	});
});
