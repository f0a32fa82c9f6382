import type { Row } from '../injection.ts';
import { endpointOf } from './livekit.ts';

/** L to O: app, policy, clock, browser and network; ICE-05 stands here, for it is the browser's. */
export const ground: readonly Row[] = [
	{
		id: 'PWA-01',
		cause: 'app.outdated',
		how: 'version.json names another build than the one that runs',
		inject: () => ({ desk: {}, files: { 'version.json': { version: '99.0.0', commit: 'fffffff' } } })
	},
	{
		id: 'POL-02',
		cause: 'policy.header-blocks-microphone',
		how: "The site's header `Permissions-Policy: microphone=()`",
		inject: () => ({ desk: {}, headers: { 'permissions-policy': 'microphone=()' } })
	},
	{
		id: 'CLK-01',
		cause: 'clock.device-wrong',
		core: true,
		how: "The device's clock is two hours behind",
		inject: () => ({
			desk: {},
			script: () => {
				const RealDate = Date;
				const shift = -2 * 3_600_000;
				globalThis.Date = new Proxy(RealDate, {
					construct: (target, args) =>
						args.length === 0
							? new target(RealDate.now() + shift)
							: (Reflect.construct(target, args) as Date),
					apply: () => new RealDate(RealDate.now() + shift).toString(),
					get: (target, key) =>
						key === 'now' ? () => RealDate.now() + shift : (Reflect.get(target, key) as unknown)
				});
			}
		})
	},
	{
		id: 'CLK-03',
		cause: 'clock.token-server-behind',
		how: 'Tokens are freshly made, and their times are two hours behind',
		inject: async (far) => ({
			agent: await endpointOf(far, far.livekit.url, () => {
				const then = Math.floor(Date.now() / 1000) - 7200;
				return { iat: then, nbf: then, exp: then + 3600 };
			})
		})
	},
	{
		id: 'NET-01',
		cause: 'network.offline',
		core: true,
		how: 'The browser goes offline before the run',
		inject: () => ({
			desk: {},
			voice: {},
			before: (phone) => phone.open('./', 'Support desk'),
			atRun: ({ page }) => page.context().setOffline(true)
		})
	},
	{
		id: 'NET-02',
		cause: 'network.captive-portal',
		how: 'No name but that of the site resolves',
		inject: () => ({
			names: ['* ~NOTFOUND'],
			desk: { gateway: undefined, token: { url: 'https://tokens.test/twilio' } },
			agent: { serverUrl: 'wss://rooms.test', token: { url: 'https://tokens.test/livekit' } },
			config: { checkup: { controlUrl: 'https://control.test/' } }
		})
	},
	{
		id: 'NET-02 without a control address',
		cause: 'network.captive-portal',
		how: 'The same, and config.json names no control address',
		inject: () => ({
			names: ['* ~NOTFOUND'],
			desk: { gateway: undefined, token: { url: 'https://tokens.test/twilio' } },
			voice: { url: 'wss://voice.test/stream', token: { url: 'https://tokens.test/voice' } }
		})
	},
	{
		id: 'BRW-01',
		cause: 'browser.insecure-page',
		core: true,
		how: 'The phone is opened as http://phone.test',
		inject: () => ({ desk: {}, page: 'http://phone.test' })
	},
	{
		id: 'BRW-02',
		cause: 'browser.unsupported',
		how: 'A browser without getUserMedia and RTCPeerConnection',
		inject: () => ({
			desk: {},
			script: () => {
				delete (MediaDevices.prototype as Partial<MediaDevices>).getUserMedia;
				delete (globalThis as Partial<typeof globalThis>).RTCPeerConnection;
			}
		})
	},
	{
		id: 'ICE-05',
		cause: 'browser.webrtc-disabled',
		how: 'A browser without RTCPeerConnection alone',
		inject: () => ({
			desk: {},
			script: () => {
				delete (globalThis as Partial<typeof globalThis>).RTCPeerConnection;
			}
		})
	}
];
