import * as given from '../testing.ts';
import {
	SECONDS,
	environment,
	without,
	allows,
	microphone,
	thrown,
	deskToken,
	deskClaims,
	saidByTwilio,
	everythingDead,
	type Row
} from './seen.ts';

const { HEALTHY, NOW, ROOM_TOKEN } = given;

export const ground: readonly Row[] = [
	// L to O. App, policy, clock, browser, network
	[
		'PWA-01',
		'app.outdated',
		{ page: { build: { ...HEALTHY.page.build, published: { version: '1.3.0', commit: '1234567' } } } }
	],
	[
		'POL-01',
		'policy.frame-blocks-microphone',
		{
			page: {
				...allows(false),
				...environment({ framed: true }),
				...microphone(thrown('NotAllowedError', 'Permission denied'))
			}
		}
	],
	[
		'POL-02',
		'policy.header-blocks-microphone',
		{ page: { ...allows(false), ...microphone(thrown('NotAllowedError', 'Permission denied')) } }
	],
	[
		'CLK-01',
		'clock.device-wrong',
		{
			page: {
				control: {
					own: given.answered('https://phone.example.com/version.json', {
						type: 'basic',
						crossOrigin: false,
						date: new Date(NOW + 7_200_000).toUTCString()
					})
				}
			},
			desk: deskClaims({ iat: SECONDS + 7200, exp: SECONDS + 10_800 }),
			agent: {
				token: given.tokenFrom(
					ROOM_TOKEN,
					given.livekitClaims({ nbf: SECONDS + 7200, exp: SECONDS + 10_800 })
				)
			},
			voice: {
				token: given.tokenFrom('https://app.example.com/session', {
					length: 9,
					payload: { exp: SECONDS + 10_800 }
				})
			}
		}
	],
	[
		'CLK-03',
		'clock.token-server-behind',
		{
			desk: {
				...deskToken({
					claims: given.twilioClaims({ iat: SECONDS - 7200, exp: SECONDS - 3600 }),
					againClaims: given.twilioClaims({ iat: SECONDS - 7198, exp: SECONDS - 3598 })
				}),
				...saidByTwilio(31205, 'twilio-token.expired')
			}
		}
	],
	[
		'NET-01',
		'network.offline',
		{ ...everythingDead, page: { ...everythingDead.page, ...environment({ online: false }) } }
	],
	['NET-02', 'network.captive-portal', everythingDead],
	[
		'BRW-01',
		'browser.insecure-page',
		{
			page: {
				...environment({ secureContext: false, page: 'http://app.test/' }),
				...without(),
				environment: { ...without('mediaDevices', 'getUserMedia').environment, secureContext: false }
			}
		}
	],
	['BRW-02', 'browser.unsupported', { page: without('getUserMedia', 'mediaDevices', 'RTCPeerConnection') }]
];
