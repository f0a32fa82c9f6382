import { expect } from '@playwright/test';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Phone } from '../e2e/phone.ts';
import type { Far } from './far-side.ts';
import { open, refuse, send } from './host.ts';
import type { Inject } from './injection.ts';
import { talks } from './rows/calls.ts';
import { calls, signedAnew } from './rows/livekit.ts';
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
		'T4 http typed for LiveKit',
		({ livekit }) => ({
			agent: { serverUrl: livekit.url.replace('ws', 'http'), token: { url: livekit.tokenUrl('token') } }
		})
	],
	['T5 a clock that is 20 s behind', () => ({ desk: {}, script: clockBehind })],
	[
		'T5 a token whose iat is 5 s ahead',
		async (far) => {
			const { port } = await far.host({
				answer: (response, { method, headers, url }) => {
					const answer = (body: unknown) => send(200, body)(response, { method, headers, url } as never);
					void roomToken(far).then((jwt) => {
						const claims = { iat: Math.floor(Date.now() / 1000) + 5 };
						answer({
							server_url: far.livekit.url,
							participant_token: signedAnew(jwt, claims, far.livekit.keys.secret)
						});
					});
				}
			});
			return { agent: { token: { url: `http://localhost:${port}/token` } } };
		}
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
		() => ({ agent: {}, withoutFlags: [FAKE_QUESTION], context: { permissions: [] } })
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
				await expect(phone.status(DESK)).not.toHaveText('Ready');
				await expect(phone.status(DESK)).toHaveText('Ready', { timeout: 15_000 });
			}
		})
	],
	[
		'T14 a token server that takes 5 s',
		({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('slow', { ms: '5000' }) } } })
	],
	['T15 an agent that joins after 5 s', calls('late', { joinWithinSeconds: 20 }, talks(3))],
	['T15 an agent that has published nothing yet', calls('mute', { joinWithinSeconds: 20 }, talks(4))],
	[
		'T16 a microphone that was never asked for',
		() => ({ desk: {}, withoutFlags: [FAKE_QUESTION], context: { permissions: [] } })
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
	['T17 an agent that keeps silent', calls('stateless', { joinWithinSeconds: 20 }, talks(4))],
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
				const first = new Phone(await phone.page.context().newPage());
				await first.open('./', DESK);
				await phone.page.goto('./');
				await expect(phone.button('Use here')).toBeVisible();
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
				await phone.reaches(/^Ended: /, 20_000);
			}
		})
	],
	[
		'A call that goes well',
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

const roomToken = ({ livekit, identity }: Far): Promise<string> =>
	livekit.mint({ room: `call-${Math.random().toString(36).slice(2)}`, identity });

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
