import * as given from '../testing.ts';
import { heard, refused, configured, asked, control, serverTime, type CheckRow } from './seen.ts';

const { HEALTHY } = given;

/** Branches that no row of the fault table and no trap goes through. */
export const ground: readonly CheckRow[] = [
	['configuration', 'still on its way', configured({ source: 'pending' }), ['unsure', 'still-waiting']],
	[
		'configuration',
		'not JSON, and no copy',
		configured({ source: 'none', error: { fault: 'config.not-json', facts: {} } }),
		['fail', 'config.not-json']
	],
	[
		'configuration',
		'unreachable, with the last good copy',
		configured({ source: 'last-good', error: { fault: 'config.unreachable', facts: {} } }),
		['warn', 'config.unreachable']
	],
	[
		'configuration',
		'a wrong section',
		configured({ problems: [{ path: 'theme', severity: 'error', code: 'wrong-type', facts: {} }] }),
		['warn', 'config.invalid']
	],
	[
		'configuration',
		'a wrong line, which is judged there',
		configured({ problems: [{ path: 'lines[0].token', severity: 'error', code: 'missing', facts: {} }] }),
		'pass'
	],
	[
		'configuration',
		'a wrong line that has no name of its own',
		configured({ ofNobody: [{ path: 'lines[0].id', severity: 'error', code: 'missing', facts: {} }] }),
		['warn', 'config.invalid']
	],
	[
		'internet',
		'a page of the network in place of the control address',
		control({
			elsewhere: given.answered('https://control.example.com/', { redirected: true, body: 'html' })
		}),
		['fail', 'network.captive-portal']
	],
	[
		'internet',
		'the control address answers',
		control({ elsewhere: given.opaque('https://control.example.com/') }),
		'pass'
	],
	[
		'clock',
		'nobody says the time',
		control({ own: given.answered('https://phone.example.com/v') }),
		['unsure', 'no-time-to-compare']
	],
	['clock', '4 minutes off, and nothing turns on it', serverTime(240_000), 'pass'],
	['clock', '10 minutes ahead: worth knowing', serverTime(-600_000), ['fail', 'clock.device-wrong']],
	['clock', '10 minutes behind, tokens still good', serverTime(600_000), ['warn', 'clock.device-wrong']],
	[
		'server-address',
		'two hosts',
		{
			agent: {
				setup: {
					...HEALTHY.agent.setup,
					addresses: [
						{ role: 'server', written: 'wss://a.example.org', source: 'config', used: false },
						{ role: 'server', written: 'wss://b.example.org', source: 'endpoint', used: true }
					]
				}
			}
		},
		['warn', 'server-url.different-host']
	],
	[
		'server-address',
		'no address at all',
		{
			voice: {
				setup: {
					...HEALTHY.voice.setup,
					addresses: [{ role: 'probe', written: 'wss://', source: 'config', used: true }]
				}
			}
		},
		['fail', 'server-url.unreadable']
	],
	[
		'server-address',
		'an entry that is refused for another reason',
		{
			desk: {
				setup: {
					...HEALTHY.desk.setup,
					accepted: false,
					problems: [{ path: 'lines[0].edges', severity: 'error', code: 'wrong-type', facts: {} }]
				}
			}
		},
		['fail', 'config.invalid']
	],
	[
		'microphone-access',
		'granted, and refused all the same',
		refused('NotAllowedError', 'Permission denied', 'granted'),
		['fail', 'microphone.system-blocked']
	],
	[
		'microphone-access',
		'a browser without the query',
		refused('NotAllowedError', 'Permission denied', 'unknown'),
		['fail', 'microphone.blocked']
	],
	[
		'microphone-access',
		'an error that nobody knows',
		refused('TypeError', 'x', 'prompt'),
		['fail', 'microphone.unavailable']
	],
	['microphone-sound', 'clipping', heard({ clipped: 900, peakDbfs: 0 }), ['warn', 'microphone.clipping']],
	['microphone-sound', 'noise', heard({ floorDbfs: -20 }), ['warn', 'microphone.noisy']],
	[
		'speaker-device',
		'gone',
		{ page: { speaker: { ...HEALTHY.page.speaker, chosen: { listed: false } } } },
		['warn', 'speaker.saved-device-gone']
	],
	[
		'speaker-device',
		'a ring at volume zero',
		{ page: { speaker: { ...HEALTHY.page.speaker, ringVolume: 0 } } },
		['warn', 'speaker.turned-down']
	],
	[
		'service-worker',
		'answers for another server',
		asked({ type: 'basic' }),
		['warn', 'app.answered-by-worker']
	],
	[
		'storage',
		'a database that takes its time',
		{ page: { storage: { local: true, quotaBytes: 1e9, usedBytes: 1e6 } } },
		['unsure', 'not-measured']
	],
	[
		'storage',
		'a database that is refused',
		{ page: { storage: { local: true, indexedDb: false } } },
		['warn', 'browser.no-storage']
	],
	[
		'webrtc',
		'a busy device that has not offered an address yet',
		{ page: { ice: { host: 0, mdns: 0, loopbackConnected: false, servers: [] } } },
		['unsure', 'not-measured']
	],
	[
		'storage',
		'none',
		{ page: { storage: { local: false, indexedDb: true } } },
		['warn', 'browser.no-storage']
	],
	[
		'build',
		'not to be read',
		{ page: { build: (({ published: _published, ...rest }) => rest)(HEALTHY.page.build) } },
		['unsure', 'not-measured']
	]
];
