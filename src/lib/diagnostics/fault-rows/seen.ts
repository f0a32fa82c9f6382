import type { CauseCode, LineEvidence, MicrophoneAttempt, PageEvidence, Target, Thrown } from '../types.ts';
import * as given from '../testing.ts';
import type { Changes } from '../testing.ts';

/** A row of the fault table: its id, the cause that comes first, and what the page sees. */
export type Row = readonly [id: string, cause: CauseCode, changes: Changes];

const { HEALTHY, NOW, DESK_TOKEN, LIVEKIT, PROBE, ROOM_TOKEN, TWILIO } = given;
export const SECONDS = NOW / 1000;
export const HTTP_PROBE = PROBE.replace(/^ws/, 'http');

export const localAllowed = {
	page: { permissions: { ...HEALTHY.page.permissions, loopbackNetwork: 'granted' as const } }
};
export const environment = (more: Partial<PageEvidence['environment']>) => ({
	environment: { ...HEALTHY.page.environment, ...more }
});
export const without = (...names: (keyof PageEvidence['environment']['features'])[]) =>
	environment({
		features: {
			...HEALTHY.page.environment.features,
			...Object.fromEntries(names.map((name) => [name, false]))
		}
	});
export const policy = (blocked: string, disposition: 'enforce' | 'report' = 'enforce') => ({
	policy: {
		...HEALTHY.page.policy,
		violations: [{ at: NOW, blocked, directive: 'connect-src', disposition }]
	}
});
export const allows = (microphone: boolean) => ({
	policy: { ...HEALTHY.page.policy, allows: { microphone } }
});
export const microphone = (
	attempt: Partial<MicrophoneAttempt>,
	more: Partial<PageEvidence['microphone']> = {}
) => ({
	microphone: {
		...HEALTHY.page.microphone,
		attempts: [{ device: 'default', outcome: 'rejected', ms: 8, ...attempt } as const],
		...more
	}
});
export const thrown = (name: string, message = '', constraint?: string): { threw: Thrown } => ({
	threw: { name, message, ...(constraint === undefined ? {} : { constraint }) }
});
export const figures = HEALTHY.page.microphone.attempts[0]?.figures;

export const deskToken = (more: Partial<LineEvidence['token']>) => ({
	token: { ...HEALTHY.desk.token, ...more }
});
export const deskClaims = (...claims: Parameters<typeof given.twilioClaims>) =>
	deskToken({ claims: given.twilioClaims(...claims) });
export const tokenAnswer = (
	attempt: Parameters<typeof given.answered>[1],
	more: Partial<LineEvidence['token']> = {}
): Partial<LineEvidence> => ({
	token: given.tokenRefused(DESK_TOKEN, given.answered(DESK_TOKEN, attempt), more),
	signalling: { targets: [], notTried: 'no-token' },
	registration: { by: 'nobody', notAsked: 'no-signalling', said: [] }
});
export const down = (
	fault: NonNullable<LineEvidence['state']['because']>['fault'],
	more: Partial<LineEvidence['state']> = {}
): Partial<LineEvidence> => ({
	state: {
		phase: 'failed',
		wasReady: false,
		since: NOW,
		attempts: 1,
		interruptions: [],
		because: { fault, facts: {}, at: NOW },
		...more
	},
	registration: { by: 'nobody', notAsked: 'no-signalling', said: [] }
});
export const deskTargets = (...targets: Target[]): Partial<LineEvidence> => ({
	...down('twilio-signalling.unreachable'),
	signalling: { targets }
});
export const saidByTwilio = (
	code: number,
	means: NonNullable<Target['said'][number]['means']>
): Partial<LineEvidence> => ({
	...down(means),
	signalling: { targets: [given.target(given.socket(TWILIO), { said: [{ code, means }] })] }
});
export const roomTargets = (target: Target, more: Partial<LineEvidence> = {}): Partial<LineEvidence> => ({
	...down('livekit-signalling.unreachable'),
	signalling: { targets: [target] },
	room: { validate: [], notJoined: 'refused' },
	...more
});
export const validated = (status: number, text: string): Partial<LineEvidence> =>
	roomTargets(given.refusedUpgrade(LIVEKIT), {
		room: {
			validate: [
				given.answered('https://rooms.example.org/rtc/validate', { status, body: 'text', excerpt: text })
			],
			said: { code: status, text },
			notJoined: 'refused'
		}
	});
export const probeTargets = (...targets: Target[]): Changes => ({ voice: { signalling: { targets } } });
export const closed = (code: number, reason: string, more: Partial<Target> = {}) =>
	probeTargets(given.target(given.ended(PROBE, code, reason), more));
export const talked = (
	media: Parameters<typeof given.media>[0],
	more: Parameters<typeof given.call>[0] = {}
): Changes => ({
	desk: { calls: { recent: [given.call({ media: given.media(media), ...more })] } }
});
export const callFailed = (...calls: ReturnType<typeof given.call>[]): Changes => ({
	desk: { calls: { recent: calls } }
});
export const room = (
	conversation: Partial<NonNullable<ReturnType<typeof given.call>['conversation']>>,
	setup: Partial<LineEvidence['setup']['agent']> = {}
): Changes => ({
	agent: {
		setup: { ...HEALTHY.agent.setup, agent: { expected: true, joinWithinSeconds: 20, ...setup } },
		calls: {
			recent: [
				given.call({ conversation: { inRoomMs: 25_000, dispatched: [], others: [], ...conversation } })
			]
		}
	}
});
export const agentIs = (more: object) => ({
	others: [{ kind: 'agent', joinedAfterMs: 1_000, audioTracks: 1, ...more } as const]
});
export const relayOf = (errors: { code: number; text: string }[]): Changes => ({
	agent: {
		lineIce: {
			policy: 'relay',
			together: {},
			servers: [
				{
					url: 'turn:turn.example.org:3478',
					candidates: {},
					watchedMs: 4_000,
					errors: errors.map((error) => ({ ...error, url: 'turn:turn.example.org:3478' }))
				}
			]
		}
	}
});
export const everythingDead: Changes = {
	page: { control: { own: given.rejected('https://phone.example.com/version.json', 'same-origin') } },
	desk: {
		...deskTargets(given.dead(TWILIO)),
		token: given.tokenRefused(DESK_TOKEN, given.rejected(DESK_TOKEN), {
			noCors: given.rejected(DESK_TOKEN, 'no-cors')
		})
	},
	agent: roomTargets(given.dead(LIVEKIT), {
		token: given.tokenRefused(ROOM_TOKEN, given.rejected(ROOM_TOKEN), {
			noCors: given.rejected(ROOM_TOKEN, 'no-cors')
		})
	}),
	voice: { ...probeTargets(given.dead(PROBE)).voice, token: { bearer: 'not-needed' } }
};
export const fetched = (
	fetch: Target['cors'],
	change: Target['followUps'][number]['change']
): Target['followUps'] => [{ change, ...(fetch ? { fetch } : {}) }];
