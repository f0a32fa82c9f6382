import { closedPort, send, type Answer } from '../host.ts';
import type { Injection, Row } from '../injection.ts';
import type { Far } from '../far-side.ts';

const endpoint = async (far: Far, answer: Answer): Promise<Injection> => {
	const { port } = await far.host({ answer });
	return { desk: { token: { url: `http://localhost:${port}/token` } } };
};

/** B. Token endpoint. */
export const tokenEndpoint: readonly Row[] = [
	{
		id: 'TEP-01',
		cause: 'token-endpoint.unreachable',
		core: true,
		how: 'A closed port',
		inject: async () => ({ desk: { token: { url: `http://localhost:${await closedPort()}/token` } } })
	},
	{
		id: 'TEP-02',
		cause: 'token-endpoint.cors',
		core: true,
		how: 'A good token without Access-Control-Allow-Origin, preflights refused',
		inject: (far) =>
			endpoint(far, (response, request) =>
				send(
					200,
					{ token: far.exchange.mint('good', { identity: far.identity }) },
					{ cors: false }
				)(response, request)
			)
	},
	{
		id: 'TEP-02 GET',
		cause: 'token-endpoint.cors',
		core: true,
		how: 'As TEP-02 by GET, and the header names another site',
		inject: async (far) => {
			const { port } = await far.host({
				answer: (response, request) =>
					send(
						200,
						{ token: far.exchange.mint('good', { identity: far.identity }) },
						{ cors: false, headers: { 'access-control-allow-origin': 'https://other.test' } }
					)(response, request)
			});
			return { desk: { token: { url: `http://localhost:${port}/token`, method: 'GET' } } };
		}
	},
	{
		id: 'TEP-05',
		cause: 'token-endpoint.unauthorized',
		core: true,
		how: 'Status 401',
		inject: ({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('401') } } })
	},
	{
		id: 'TEP-05 403',
		cause: 'token-endpoint.unauthorized',
		core: true,
		how: 'Status 403, on a LiveKit line',
		inject: ({ livekit }) => ({ agent: { token: { url: livekit.tokenUrl('403') } } })
	},
	{
		id: 'TEP-06',
		cause: 'token-endpoint.not-found',
		how: 'Status 404',
		inject: ({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('404') } } })
	},
	{
		id: 'TEP-08',
		cause: 'token-endpoint.keys-missing',
		core: true,
		how: 'Status 500 whose text speaks of LIVEKIT_API_KEY',
		inject: async (far) => {
			const { port } = await far.host({ answer: send(500, { error: 'LIVEKIT_API_KEY is not set' }) });
			return { agent: { token: { url: `http://localhost:${port}/token` } } };
		}
	},
	{
		id: 'TEP-08 Twilio',
		cause: 'token-endpoint.keys-missing',
		core: true,
		how: 'Status 500, "accountSid is required"',
		inject: (far) => endpoint(far, send(500, { error: 'accountSid is required' }))
	},
	{
		id: 'TEP-08 family',
		cause: 'token-endpoint.server-error',
		how: 'Status 500 without a word about keys',
		inject: ({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('500') } } })
	},
	{
		id: 'TEP-09',
		cause: 'token-endpoint.token-missing',
		core: true,
		how: 'Status 200, `{"ok":true}`',
		inject: (far) => endpoint(far, send(200, { ok: true }))
	},
	{
		id: 'TEP-09 empty',
		cause: 'token-endpoint.token-missing',
		core: true,
		how: 'Status 200, `{"token":""}`',
		inject: (far) => endpoint(far, send(200, { token: '' }))
	},
	{
		id: 'TEP-11',
		cause: 'token-endpoint.cold-start',
		how: 'Asleep: the first answer after a pause takes 9 s, the next none',
		inject: async (far) => {
			let wakesAt = 0;
			let isAsleep = false;
			const injection = await endpoint(far, (response, request) => {
				if (request.method === 'OPTIONS') return send(204)(response, request);
				if (isAsleep) wakesAt ||= Date.now() + 9_000;
				const token = far.exchange.mint('good', { identity: far.identity });
				setTimeout(() => send(200, { token })(response, request), Math.max(0, wakesAt - Date.now()));
			});
			return {
				...injection,
				before: (phone) => phone.open('./', 'Support desk'),
				atRun: () => {
					isAsleep = true;
					return Promise.resolve();
				}
			};
		}
	},
	{
		id: 'TEP-15',
		cause: 'policy.csp-blocks-token-endpoint',
		core: true,
		how: "The site's header `connect-src` names the gateway and not the endpoint",
		inject: ({ exchange }) => ({
			desk: {},
			headers: { 'content-security-policy': `connect-src 'self' wss://${exchange.gateway}` }
		})
	},
	{
		id: 'TEP silent',
		cause: 'token-endpoint.no-answer',
		how: 'The endpoint takes the request and never answers',
		inject: async (far) => {
			const { port } = await far.silentHost();
			return { desk: { token: { url: `http://localhost:${port}/token` } } };
		}
	},
	{
		id: 'TEP HTML',
		cause: 'token-endpoint.not-json',
		how: 'Status 200 and a web page',
		inject: ({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('html') } } })
	},
	{
		id: 'TEP elsewhere',
		cause: 'token-endpoint.token-elsewhere',
		how: 'A good token in a field that nobody looks at',
		inject: ({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl('elsewhere') } } })
	}
];
