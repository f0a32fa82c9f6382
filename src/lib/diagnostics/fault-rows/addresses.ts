import * as given from '../testing.ts';
import {
	HTTP_PROBE,
	localAllowed,
	down,
	deskTargets,
	roomTargets,
	probeTargets,
	fetched,
	type Row
} from './seen.ts';

const { HEALTHY, PROBE, TWILIO } = given;

export const addresses: readonly Row[] = [
	// A. Configuration
	[
		'CFG-01',
		'livekit-url.missing',
		{
			agent: {
				...roomTargets(given.dead('ws://localhost:7880/rtc')),
				setup: {
					...HEALTHY.agent.setup,
					addresses: [{ role: 'server', written: 'ws://localhost:7880', source: 'default', used: true }]
				}
			}
		}
	],
	[
		'CFG-01 none at all',
		'livekit-url.missing',
		{
			agent: {
				...down('livekit-url.missing'),
				signalling: { targets: [], notTried: 'no-address' },
				setup: {
					...HEALTHY.agent.setup,
					addresses: [{ role: 'server', written: '', source: 'none', used: true }]
				}
			}
		}
	],
	[
		'CFG-03',
		'server-url.insecure-scheme',
		{
			voice: {
				setup: {
					...HEALTHY.voice.setup,
					accepted: false,
					addresses: [{ role: 'probe', written: 'ws://ok.test/stream', source: 'config', used: true }]
				},
				signalling: { targets: [], notTried: 'not-accepted' }
			}
		}
	],
	[
		'CFG-04',
		'server-url.tls-missing',
		probeTargets(
			given.dead(PROBE, {
				followUps: fetched(given.opaque(HTTP_PROBE.replace('https', 'http')), 'other-scheme')
			})
		)
	],
	[
		'CFG-05',
		'server-url.tls-required',
		{
			...localAllowed,
			...probeTargets(
				given.dead('ws://localhost:9001/', {
					followUps: fetched(given.opaque('https://localhost:9001/'), 'other-scheme')
				})
			)
		}
	],
	[
		'CFG-06',
		'server-url.scheme-missing',
		{
			agent: {
				...down('server-url.scheme-missing'),
				signalling: { targets: [] },
				setup: {
					...HEALTHY.agent.setup,
					accepted: false,
					addresses: [{ role: 'server', written: 'proj.livekit.cloud', source: 'config', used: true }]
				}
			}
		}
	],
	[
		'CFG-07',
		'server-url.host-not-found',
		probeTargets(
			given.dead('wss://nothere.invalid:8443/x', {
				followUps: [
					...fetched(given.rejected('https://nothere.invalid/', 'no-cors'), 'default-port'),
					...fetched(given.rejected('http://nothere.invalid/', 'no-cors'), 'other-scheme')
				]
			})
		)
	],
	[
		'CFG-08',
		'server-url.wrong-path',
		probeTargets(
			given.target(given.neverOpened(PROBE), {
				cors: given.answered(HTTP_PROBE, { status: 404, body: 'text' })
			})
		)
	],
	[
		'CFG-11',
		'twilio-edge.unknown',
		{
			desk: deskTargets(
				given.dead('wss://voice-js.dubln.twilio.com/signal', {
					name: 'dubln',
					followUps: [{ change: 'default-host', socket: given.socket(TWILIO) }]
				})
			)
		}
	],
	[
		'LNA-01',
		'policy.local-network-access',
		{
			page: { permissions: { ...HEALTHY.page.permissions, loopbackNetwork: 'denied' } },
			agent: roomTargets(given.dead('ws://localhost:7880/rtc'))
		}
	]
];
