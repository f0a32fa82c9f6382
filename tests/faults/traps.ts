import { expect } from '@playwright/test';
import { request } from 'node:http';
import { connect } from 'node:net';
import { PatientPhone } from './patient-phone.ts';
import { open, refuse, send } from './host.ts';
import { PATIENT, type Inject } from './injection.ts';
import { lasts, talks } from './rows/calls.ts';
import { calls, endpointOf } from './rows/livekit.ts';
import { waveFile } from './wave.ts';

const DESK = 'Support desk';

/** Healthy set-ups in which a naive rule sees a fault: the report names no cause. */
export const TRAPS: readonly (readonly [trap: string, inject: Inject])[] = [
	['T0 a Twilio line, a LiveKit line and a further WebSocket', () => ({ desk: {}, agent: {}, voice: {} })],
	['T0 a practice line alone', () => ({ config: { lines: [{ id: 'practice', kind: 'practice' }] } })],
	[
		'T1 no outgoing application where nobody can dial',
		({ exchange }) => ({
			desk: { token: { url: exchange.tokenUrl('no-outgoing') } },
			config: { locked: ['dialpad'] }
		})
	],
	[
		'T1 no incoming calls where none are wanted',
		({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('no-incoming') }, incoming: false } })
	],
	[
		'T2 ws://localhost from an https page on localhost',
		async (far) => {
			const { port } = await far.host({
				answer: send(426),
				upgrade: open((socket) => socket.send('connected'))
			});
			return { page: 'https://localhost', voice: { url: `ws://localhost:${port}/stream` } };
		}
	],
	['T3 LiveKit without a relay', () => ({ agent: {} })],
	[
		'T4 a token endpoint of the same origin, without CORS',
		({ exchange, identity }) => ({
			desk: { token: { url: './token.json', method: 'GET' } },
			files: { 'token.json': () => ({ token: exchange.mint('good', { identity }) }) }
		})
	],
	[
		'T4 an http address of a LiveKit server, from the endpoint',
		async (far) => ({ agent: await endpointOf(far, far.livekit.url.replace('ws', 'http')) })
	],
	['T5 a clock that is 20 s behind', () => ({ desk: {}, script: clockBehind })],
	[
		'T5 a token whose iat is 5 s ahead',
		async (far) => ({
			agent: await endpointOf(far, far.livekit.url, () => ({ iat: Math.floor(Date.now() / 1000) + 5 }))
		})
	],
	[
		'T6 report-only violations of every address',
		() => ({
			desk: {},
			voice: {},
			headers: { 'content-security-policy-report-only': "connect-src 'self'" }
		})
	],
	[
		'T6 a policy with wss and without https: the companion is blocked, the socket opens',
		() => ({ desk: {}, voice: {}, headers: { 'content-security-policy': "connect-src 'self' http: wss:" } })
	],
	[
		'T6 a violation for an address of analytics',
		() => ({
			desk: {},
			headers: { 'content-security-policy': "connect-src 'self' http: wss:" },
			script: () => {
				fetch('https://analytics.test/beat').catch(() => {});
			}
		})
	],
	[
		'T7 no page may read what the host answers, and its socket opens',
		async (far) => {
			const { port } = await far.host({
				certificate: far.certificate,
				answer: send(200, 'hello', { cors: false }),
				upgrade: open((socket) => socket.send('connected'))
			});
			return { voice: { url: `wss://voice.test:${port}/stream` } };
		}
	],
	[
		'T8 addresses of this machine hidden behind .local names',
		() => ({ agent: {}, withoutFlags: [FAKE_QUESTION], microphone: 'never asked' })
	],
	[
		'T9 a quiet room',
		async () => {
			const { path, end } = await waveFile(0.0002);
			return { desk: {}, flags: [`--use-file-for-fake-audio-capture=${path}`], end };
		}
	],
	[
		'T10 an older LiveKit server, which knows no /rtc/v1',
		async (far) => {
			const port = Number(new URL(far.livekit.url).port);
			const host = await far.host({
				answer: (response, asked) => {
					if (asked.url?.startsWith('/rtc/v1')) return send(404, 'not found')(response, asked);
					const passed = request(
						{ port, host: '127.0.0.1', path: asked.url, method: asked.method, headers: asked.headers },
						(answer) => {
							response.writeHead(answer.statusCode ?? 500, answer.headers);
							answer.pipe(response);
						}
					);
					asked.pipe(passed);
				},
				upgrade: (socket, asked, head) => {
					if (asked.url?.startsWith('/rtc/v1')) return refuse(404)(socket, asked, head);
					const behind = connect(port, '127.0.0.1');
					behind.on('error', () => socket.destroy());
					socket.on('close', () => behind.destroy());
					const headers = Object.entries(asked.headers).map(([name, value]) => `${name}: ${String(value)}`);
					behind.write([`GET ${asked.url ?? '/'} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
					behind.pipe(socket);
					socket.pipe(behind);
				}
			});
			return {
				agent: { serverUrl: `ws://localhost:${host.port}`, token: { url: far.livekit.tokenUrl('token') } }
			};
		}
	],
	[
		'T11 a server that takes any token',
		async (far) => {
			const { port } = await far.host({
				certificate: far.certificate,
				upgrade: open((socket) => socket.send('connected'))
			});
			return { voice: { url: `wss://voice.test:${port}/stream` } };
		}
	],
	[
		'T11 a server that confirms nothing, and nothing is expected',
		async (far) => {
			const { port } = await far.host({ certificate: far.certificate, upgrade: open(() => {}) });
			return { voice: { url: `wss://voice.test:${port}/stream`, expect: undefined } };
		}
	],
	[
		'T12 closed with 1001 after the confirmation',
		async (far) => {
			const { port } = await far.host({
				certificate: far.certificate,
				upgrade: open((socket) => {
					socket.send('connected');
					socket.close(1001, 'going away');
				})
			});
			return { voice: { url: `wss://voice.test:${port}/stream` } };
		}
	],
	[
		'T12 cut once, and registered again at once',
		({ exchange, identity }) => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				exchange.drop(identity);
				await expect(phone.status(DESK)).not.toHaveText('Ready', PATIENT);
				await expect(phone.status(DESK)).toHaveText('Ready', PATIENT);
			}
		})
	],
	[
		'T13 one caller who gives up at once',
		({ exchange, identity }) => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				await exchange.ring({ identity, from: '+12025550190', behaviour: 'gives-up' });
				await expect
					.poll(() => exchange.calls(identity).every(({ state }) => state === 'ended'), PATIENT)
					.toBe(true);
				await expect(phone.incoming).toHaveCount(0, PATIENT);
			}
		})
	],
	[
		'T14 a token server that takes 5 s',
		({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('slow', { ms: '5000' }) } } })
	],
	['T15 an agent that joins after 5 s', calls('late', {}, talks(3))],
	['T15 an agent that has published nothing yet', calls('mute', {}, talks(4))],
	[
		'T16 a microphone that was never asked for',
		() => ({ desk: {}, withoutFlags: [FAKE_QUESTION], microphone: 'never asked' })
	],
	[
		'T16 a browser that knows no permission for the local network',
		({ livekit }) => ({
			agent: { serverUrl: livekit.url, token: { url: livekit.tokenUrl('token') } },
			script: () => {
				const { query } = Permissions.prototype;
				Permissions.prototype.query = function (descriptor) {
					const isKnown = !/network/.test(descriptor.name);
					return isKnown
						? query.call(this, descriptor)
						: Promise.reject(new TypeError('not a PermissionName'));
				};
			}
		})
	],
	[
		'T17 muted by the user during a call',
		() => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				await phone.talks('+12025550110');
				await phone.button('Mute').click();
				await talks(5)(phone);
			}
		})
	],
	[
		'T17 on hold during a call',
		() => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				await phone.talks('+12025550110');
				await phone.button('Hold').click();
				await phone.reaches('On hold');
				await lasts(5)(phone);
			}
		})
	],
	['T17 an agent that keeps silent', calls('stateless', {}, talks(4))],
	[
		'T18 a browser without navigator.connection',
		() => ({
			desk: {},
			script: () => {
				delete (Navigator.prototype as { connection?: unknown }).connection;
			}
		})
	],
	[
		'T20 a second tab, whose lines are left to the first',
		() => ({
			desk: {},
			before: async (phone) => {
				const first = new PatientPhone(await phone.page.context().newPage());
				await first.open('./', DESK);
				await phone.page.goto('./');
				await expect(phone.button('Use here')).toBeVisible(PATIENT);
			}
		})
	],
	[
		'SIP-10 the far side hangs up after a talk',
		() => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				await phone.dial('+12025550112');
				await phone.reaches(/^Ended: /);
			}
		})
	],
	[
		'T19 a call that goes well, though nothing reaches the host of statistics',
		() => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				await phone.dial('+12025550100');
				await talks(4)(phone);
			}
		})
	]
];

const FAKE_QUESTION = '--use-fake-ui-for-media-stream';

/** Runs in the page. */
function clockBehind(): void {
	const RealDate = Date;
	const shift = -20_000;
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, args) =>
			args.length === 0 ? new target(RealDate.now() + shift) : (Reflect.construct(target, args) as Date),
		get: (target, key) =>
			key === 'now' ? () => RealDate.now() + shift : (Reflect.get(target, key) as unknown)
	});
}
