import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import * as given from './testing.ts';
import type { Changes } from './testing.ts';

const { HEALTHY, NOW, LIVEKIT, PROBE, SECONDS, TWILIO } = given;
const HTTP_PROBE = PROBE.replace(/^ws/, 'http');
const VALIDATE = 'https://rooms.example.org/rtc/validate';
const violation = (blocked: string, disposition: 'enforce' | 'report') => ({
	policy: {
		...HEALTHY.page.policy,
		violations: [{ at: NOW, blocked, directive: 'connect-src', disposition }]
	}
});
const localPage = {
	environment: {
		...HEALTHY.page.environment,
		page: 'https://localhost:4173/',
		origin: 'https://localhost:4173'
	}
};
const claimsAt = (seconds: number) =>
	given.twilioClaims({ iat: SECONDS + seconds, exp: SECONDS + seconds + 3600 });
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
const lost = (backAfterMs: number): Changes => ({
	desk: {
		state: {
			...HEALTHY.desk.state,
			interruptions: [{ at: NOW - 60_000, backAfterMs, fault: 'twilio-signalling.interrupted' }],
			lastFailure: { fault: 'twilio-signalling.interrupted', vendorCode: 53000, facts: {}, at: NOW - 60_000 }
		}
	}
});
const nothingToSay = { cors: given.rejected(HTTP_PROBE), noCors: given.rejected(HTTP_PROBE, 'no-cors') };

/** Healthy set-ups that a naive rule flags. */
const TRAPS: readonly (readonly [trap: string, changes: Changes])[] = [
	[
		'T1 no outgoing application where only incoming calls are wanted',
		{
			desk: {
				setup: { ...HEALTHY.desk.setup, wants: { outgoing: false, incoming: true } },
				token: { ...HEALTHY.desk.token, claims: given.twilioClaims({}, { incoming: { allow: true } }) }
			}
		}
	],
	[
		'T1 no incoming where none is wanted',
		{
			desk: {
				setup: { ...HEALTHY.desk.setup, wants: { outgoing: true, incoming: false } },
				registration: { by: 'nobody', notAsked: 'not-wanted', said: [] },
				token: {
					...HEALTHY.desk.token,
					claims: given.twilioClaims({}, { outgoing: { application_sid: given.AP } })
				}
			}
		}
	],
	[
		'T2 ws://localhost from a page on localhost',
		{
			page: localPage,
			voice: {
				setup: {
					...HEALTHY.voice.setup,
					addresses: [{ role: 'probe', written: 'ws://localhost:9000/', source: 'config', used: true }]
				},
				signalling: { targets: [given.fine('ws://localhost:9000/')] }
			}
		}
	],
	[
		'T3 no relay, host candidates suffice',
		lineIce({ 'stun:stun.example.org': { 'host/udp': 1, 'srflx/udp': 1 } })
	],
	[
		'T4 a token endpoint of the same origin',
		{
			desk: {
				token: {
					...HEALTHY.desk.token,
					asked: given.answered('https://phone.example.com/token', { type: 'basic', crossOrigin: false })
				}
			}
		}
	],
	[
		'T4 https typed for LiveKit',
		{
			agent: {
				setup: {
					...HEALTHY.agent.setup,
					addresses: [{ role: 'server', written: 'https://rooms.example.org', source: 'config', used: true }]
				}
			}
		}
	],
	[
		'T5 a clock 20 s off',
		{
			page: {
				control: {
					own: given.answered('https://phone.example.com/version.json', {
						type: 'basic',
						crossOrigin: false,
						date: new Date(NOW + 20_000).toUTCString()
					})
				}
			}
		}
	],
	['T5 iat 5 s ahead', { desk: { token: { ...HEALTHY.desk.token, claims: claimsAt(5) } } }],
	['T6 report-only violations of the very address', { page: violation(TWILIO, 'report') }],
	[
		'T6 an enforced violation for something else',
		{ page: violation('https://analytics.example.com/', 'enforce') }
	],
	[
		'T6 a policy for wss only: the companion is blocked, the socket opens',
		{
			page: violation(HTTP_PROBE, 'enforce'),
			voice: { signalling: { targets: [given.fine(PROBE, nothingToSay)] } }
		}
	],
	[
		'T7 the companion fails by CORS, the socket opens',
		{ voice: { signalling: { targets: [given.fine(PROBE, { noCors: given.opaque(HTTP_PROBE) })] } } }
	],
	[
		'T10 an older LiveKit server without v1 validation',
		{
			agent: {
				signalling: {
					targets: [
						given.fine(LIVEKIT, { cors: given.answered('https://rooms.example.org/rtc', { status: 404 }) })
					]
				},
				room: {
					...HEALTHY.agent.room,
					validate: [
						given.answered('https://rooms.example.org/rtc/v1/validate', { status: 404 }),
						given.answered(VALIDATE, { status: 200 })
					]
				}
			}
		}
	],
	[
		'T10 validation that asks for more than was sent',
		{
			agent: {
				room: {
					...HEALTHY.agent.room,
					validate: [given.answered(VALIDATE, { status: 400, body: 'text' })],
					said: { code: 400, text: 'join_request is required' }
				}
			}
		}
	],
	[
		'T11 a server that takes any token',
		{
			voice: {
				signalling: {
					targets: [
						given.fine(PROBE, { followUps: [{ change: 'dummy-token', socket: given.socket(PROBE) }] })
					]
				}
			}
		}
	],
	[
		'T11 no confirmation by design',
		{
			voice: {
				signalling: {
					targets: [
						given.target(given.socket(PROBE, { frames: 0, firstFrames: [] }), { expectsConfirmation: false })
					]
				}
			}
		}
	],
	[
		'T12 closed after an own close',
		{
			voice: {
				signalling: {
					targets: [
						given.target(given.ended(PROBE, 1000, '', 900, { closedByPage: true }), {
							expectsConfirmation: false
						})
					]
				}
			}
		}
	],
	[
		'T12 ended after it was confirmed',
		{
			voice: {
				signalling: {
					targets: [given.target(given.ended(PROBE, 1001, 'going away', 900), { confirmedAfterMs: 50 })]
				}
			}
		}
	],
	['T12 lost once, back within 5 s', lost(4_000)],
	[
		'T14 a first answer of 7 s',
		{ desk: { token: { ...HEALTHY.desk.token, asked: given.answered(given.DESK_TOKEN, { ms: 7_000 }) } } }
	],
	[
		'T16 a permission that was never asked for',
		{
			page: {
				microphone: {
					...HEALTHY.page.microphone,
					permission: 'prompt',
					attempts: [],
					notOpened: 'would-ask'
				},
				permissions: { ...HEALTHY.page.permissions, microphone: 'prompt' }
			}
		}
	],
	[
		'T16 a browser that knows no local network permission',
		{
			page: {
				permissions: { ...HEALTHY.page.permissions, localNetwork: 'unknown', loopbackNetwork: 'unknown' }
			}
		}
	],
	['T18 no navigator.connection', { page: {} }],
	[
		'T18 3g on good Wi-Fi',
		{
			page: { environment: { ...HEALTHY.page.environment, connection: { effectiveType: '3g', rttMs: 500 } } }
		}
	],
	['T19 an ad blocker stops the insights', { page: violation('https://eventgw.twilio.com/v4', 'enforce') }]
];

describe('a healthy phone and its servers', () => {
	it('has no cause, and everything that it needs is proven', () => {
		const { verdict, findings, results } = judge(given.evidence());
		expect(findings).toEqual([]);
		expect(verdict).toBe('healthy');
		expect(results.filter(({ verdict: { outcome } }) => outcome === 'unsure')).toEqual([]);
	});

	it.each(TRAPS)('%s: no cause', (_trap, changes) => {
		const { findings, verdict } = judge(given.evidence(changes));
		expect(findings).toEqual([]);
		expect(['healthy', 'unknown']).toContain(verdict);
	});
});
