// A token endpoint and a voice URL for your own Twilio account, in one file without a framework.
//
//   npm install twilio@6
//   node --env-file=.env twilio.mjs
//
// .env:
//   TWILIO_ACCOUNT_SID=AC…        console.twilio.com
//   TWILIO_AUTH_TOKEN=…           proves that a request for /voice comes from Twilio
//   TWILIO_API_KEY=SK…            an API key, made for this purpose
//   TWILIO_API_SECRET=…
//   TWIML_APP_SID=AP…             the TwiML app whose voice request URL is PUBLIC_URL + /voice
//   PUBLIC_URL=https://phone-server.example.com
//   PHONE_ORIGIN=https://phone.example.com
//   PEOPLE=alice:a-long-secret,bob:another-long-secret
//   CALLER_IDS=+15550100,+15550101       your Twilio numbers; the first one is shown by default
//   ALLOWED_PREFIXES=+1,+34              who may be called; everyone else is refused
//   ANSWERED_BY=alice                    rings when someone calls one of your numbers
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import twilio from 'twilio';

const { AccessToken } = twilio.jwt;
const list = (text = '') => text.split(',').filter(Boolean);
const digest = (text) => createHash('sha256').update(text).digest();

/** Who is asking? Put your own sign-in here. Never believe a name that the browser sends along. */
export function identityOf(request, env) {
	const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
	if (!bearer) return undefined;
	const people = list(env.PEOPLE).map((person) => person.split(':'));
	return people.find(([, secret]) => secret && timingSafeEqual(digest(secret), digest(bearer)))?.[0];
}

/** A token for an hour: calls out through the TwiML app, calls in for this identity. */
export function mintToken(identity, env) {
	const token = new AccessToken(env.TWILIO_ACCOUNT_SID, env.TWILIO_API_KEY, env.TWILIO_API_SECRET, {
		identity,
		ttl: 3600
	});
	token.addGrant(
		new AccessToken.VoiceGrant({ outgoingApplicationSid: env.TWIML_APP_SID, incomingAllow: true })
	);
	return token.toJwt();
}

/** What Twilio is to do with a call. `params` are those of its request: From, To, and what the phone adds. */
export function voice(params, env) {
	const response = new twilio.twiml.VoiceResponse();
	const { From = '', To = '', CallerId = '' } = params;
	const own = list(env.CALLER_IDS);
	const client = /^client:([\w.@-]{1,121})$/.exec(To)?.[1];
	const allowed =
		/^\+[1-9]\d{6,14}$/.test(To) && list(env.ALLOWED_PREFIXES).some((prefix) => To.startsWith(prefix));

	if (!From.startsWith('client:') && own.includes(To)) response.dial().client(env.ANSWERED_BY);
	else if (!From.startsWith('client:')) response.reject();
	else if (client) response.dial({ answerOnBridge: true }).client(client);
	else if (allowed)
		response.dial({ answerOnBridge: true, callerId: own.includes(CallerId) ? CallerId : own[0] }).number(To);
	else response.reject();
	return response.toString();
}

/** POST /token for the phone, POST /voice for Twilio. */
export function createEndpoints(env) {
	return createServer(async (request, response) => {
		const answer = (status, type, body) => response.writeHead(status, { 'content-type': type }).end(body);
		response.setHeader('access-control-allow-origin', env.PHONE_ORIGIN);
		response.setHeader('access-control-allow-headers', 'authorization, content-type');
		response.setHeader('cache-control', 'no-store');
		if (request.method === 'OPTIONS') return response.writeHead(204).end();

		if (request.method === 'POST' && request.url === '/token') {
			const identity = identityOf(request, env);
			if (!identity) return answer(401, 'application/json', '{"error":"unauthorized"}');
			return answer(200, 'application/json', JSON.stringify({ token: mintToken(identity, env), identity }));
		}
		if (request.method === 'POST' && request.url === '/voice') {
			let body = '';
			for await (const chunk of request) if ((body += chunk).length > 65_536) return request.destroy();
			const params = Object.fromEntries(new URLSearchParams(body));
			const signature = request.headers['x-twilio-signature'];
			const genuine = twilio.validateRequest(
				env.TWILIO_AUTH_TOKEN,
				signature,
				`${env.PUBLIC_URL}/voice`,
				params
			);
			return genuine
				? answer(200, 'text/xml', voice(params, env))
				: answer(403, 'text/plain', 'not from Twilio');
		}
		return answer(404, 'text/plain', 'not found');
	});
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
	createEndpoints(process.env).listen(process.env.PORT ?? 3000);
