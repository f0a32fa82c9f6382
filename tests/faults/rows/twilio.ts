import { startExchange } from '../../exchange/exchange.ts';
import { expect } from '@playwright/test';
import { closedPort, open, raw, refuse, send } from '../host.ts';
import { PATIENT, type Row } from '../injection.ts';
import { known, tokens } from './twilio-tokens.ts';

const DESK = 'Support desk';

/** D. Twilio signalling. */
const signalling: readonly Row[] = [
	{
		id: 'TWS-01',
		cause: 'twilio-signalling.host-blocked',
		core: true,
		how: "No name of Twilio's resolves; the LiveKit line and the further WebSocket work",
		inject: () => ({ names: ['*.twilio.com ~NOTFOUND'], desk: { gateway: undefined }, agent: {}, voice: {} })
	},
	{
		id: 'TWS-01 refused',
		cause: 'twilio-signalling.host-blocked',
		core: true,
		how: "Twilio's name leads to a closed port; the further WebSocket works",
		inject: async () => ({
			names: [`*.twilio.com 127.0.0.1:${await closedPort()}`],
			desk: { gateway: undefined },
			voice: {}
		})
	},
	{
		id: 'TWS-02',
		cause: 'signalling.websocket-blocked',
		core: true,
		how: 'Three hosts answer requests and refuse every handshake with 403',
		inject: async (far) => {
			const script = { certificate: far.certificate, answer: send(200, 'hello'), upgrade: refuse(403) };
			const [one, other] = [await far.host(script), await far.host(script)];
			return {
				desk: { gateway: `gateway.test:${one.port}` },
				voice: { url: `wss://voice.test:${other.port}/stream` }
			};
		}
	},
	{
		id: 'TWS-02 unreadable',
		cause: 'signalling.websocket-blocked',
		core: true,
		how: 'As TWS-02, and no page may read what the hosts answer',
		inject: async (far) => {
			const script = {
				certificate: far.certificate,
				answer: send(403, 'blocked', { cors: false }),
				upgrade: refuse(403)
			};
			const [one, other] = [await far.host(script), await far.host(script)];
			return {
				desk: { gateway: `gateway.test:${one.port}` },
				voice: { url: `wss://voice.test:${other.port}/stream` }
			};
		}
	},
	{
		id: 'TWS-03',
		cause: 'policy.csp-blocks-websocket',
		core: true,
		how: "The site's header `connect-src` has no wss",
		inject: () => ({ desk: {}, headers: { 'content-security-policy': "connect-src 'self' http: https:" } })
	},
	{
		id: 'TWS-04',
		cause: 'signalling.no-answer',
		how: 'The gateway takes the connection and never says a word',
		inject: async (far) => ({ desk: { gateway: `gateway.test:${(await far.silentHost()).port}` } })
	},
	{
		id: 'TWS-06',
		cause: 'twilio-signalling.silent',
		how: 'The gateway opens and never answers the token',
		inject: known('silent')
	},
	{
		id: 'TWS-08',
		cause: 'twilio-signalling.interrupted',
		how: 'The socket of a registered phone is cut, and each new one refused for 8 s',
		inject: async () => {
			const own = await startExchange();
			return {
				desk: { gateway: own.plainGateway, token: { url: own.tokenUrl() } },
				before: async (phone) => {
					await phone.open('./', DESK);
					await fetch(`${own.httpUrl}/exchange/refuse`, { method: 'POST', body: '{"ms":8000}' });
					for (const { identity } of own.phones()) own.drop(identity ?? '');
					await expect(phone.status(DESK)).toHaveText(/Reconnecting|Not working/, PATIENT);
					await expect(phone.status(DESK)).toHaveText('Ready', PATIENT);
				},
				end: () => own.close()
			};
		}
	},
	{
		id: 'TWS-10',
		cause: 'twilio-signalling.host-blocked',
		how: "Twilio's name leads to a server whose certificate is not trusted: Chromium cannot tell it from a blocked host",
		inject: async (far) => {
			const { port } = await far.host({ certificate: far.untrusted, answer: send(200, 'hello') });
			return { names: [`*.twilio.com 127.0.0.1:${port}`], desk: { gateway: undefined }, voice: {} };
		}
	},
	{
		id: 'TWS unreachable',
		cause: 'twilio-signalling.unreachable',
		how: "A gateway of one's own on a closed port",
		inject: async () => ({ desk: { gateway: `localhost:${await closedPort()}` } })
	},
	{
		id: 'TWS upgrade',
		cause: 'twilio-signalling.upgrade-refused',
		how: 'The gateway answers requests and refuses the handshake with 403',
		inject: async (far) => {
			const { port } = await far.host({
				certificate: far.certificate,
				answer: send(200, 'hello', { cors: false }),
				upgrade: refuse(403)
			});
			return { desk: { gateway: `gateway.test:${port}` }, voice: {} };
		}
	},
	{
		id: 'TWS cut',
		cause: 'twilio-signalling.unstable',
		how: 'Every socket opens and is cut',
		inject: known('storm')
	},
	{
		id: 'TWS closed',
		cause: 'twilio-signalling.closed-by-server',
		how: 'Every socket is closed cleanly with 1000 when the token is shown',
		inject: known('closed')
	},
	{
		id: 'TWS rate',
		cause: 'twilio-signalling.rate-limited',
		how: 'The gateway answers the token with 31206',
		inject: known('error_31206')
	},
	{
		id: 'TWS HTML frame',
		cause: 'twilio-signalling.not-websocket-data',
		how: 'The handshake succeeds, then a web page comes over it',
		inject: async (far) => {
			const page = raw((socket) => socket.write(`<html><body>${'Please log in. '.repeat(40)}`));
			const { port } = await far.host({
				certificate: far.certificate,
				answer: send(200, 'hello'),
				upgrade: page
			});
			return { desk: { gateway: `gateway.test:${port}` } };
		}
	},
	{
		id: 'TWS frame that is no JSON',
		cause: 'twilio-signalling.not-websocket-data',
		how: 'The gateway opens and sends text that is no frame of its protocol',
		inject: async (far) => {
			const { port } = await far.host({
				certificate: far.certificate,
				answer: send(200, 'hello'),
				upgrade: open((socket) => socket.send('<html>Please log in</html>'))
			});
			return { desk: { gateway: `gateway.test:${port}` } };
		}
	}
];

/** E. Registration. */
const registration: readonly Row[] = [
	{
		id: 'REG-02',
		cause: 'registration.not-confirmed',
		how: '`register` is never answered',
		inject: known('unready')
	},
	{
		id: 'REG refused',
		cause: 'twilio-token.refused',
		how: '`register` is answered with 31201, which speaks of the token',
		inject: known('refused')
	},
	{
		id: 'REG-04',
		cause: 'registration.duplicate-identity',
		how: 'Two calls ring here and are gone within two seconds',
		inject: ({ exchange, identity }) => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				for (const from of ['+12025550190', '+12025550191']) {
					await exchange.ring({ identity, from, behaviour: 'gives-up' });
					await expect
						.poll(() => exchange.calls(identity).every(({ state }) => state === 'ended'), PATIENT)
						.toBe(true);
				}
				await expect(phone.incoming).toHaveCount(0, PATIENT);
			}
		})
	},
	{
		id: 'REG-05',
		cause: 'registration.token-not-renewed',
		how: 'A server of tokens that hands out the same one of 15 s until the phone has lost its line; then it is well again',
		inject: async (far) => {
			const stale = far.exchange.mint('good', { identity: far.identity, ttl: 15 });
			let isWell = false;
			const { port } = await far.host({
				answer: (response, request) =>
					send(200, {
						token: isWell ? far.exchange.mint('good', { identity: far.identity }) : stale
					})(response, request)
			});
			return {
				desk: { token: { url: `http://localhost:${port}/token` } },
				before: async (phone) => {
					await phone.open('./', DESK);
					await expect.poll(() => Date.now() / 1000 > expiryOf(stale) + 1, PATIENT).toBe(true);
					far.exchange.expire(far.identity);
					await expect(phone.status(DESK)).toHaveText(/^(?:Not working|Reconnecting)/, PATIENT);
				},
				atRun: () => {
					isWell = true;
					return Promise.resolve();
				}
			};
		}
	}
];

const expiryOf = (jwt: string): number =>
	(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { exp: number }).exp;

export const twilio: readonly Row[] = [...tokens, ...signalling, ...registration];
