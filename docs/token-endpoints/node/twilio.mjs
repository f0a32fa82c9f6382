// A token endpoint and a voice URL for your own Twilio account, in one file without a framework:
//   npm install twilio@6
//   node --env-file=.env twilio.mjs
// .env:
//   TWILIO_ACCOUNT_SID=AC…        console.twilio.com
//   TWILIO_AUTH_TOKEN=…           proves that a request for /voice comes from Twilio
//   TWILIO_API_KEY=SK…            an API key, made for this purpose
//   TWILIO_API_SECRET=…
//   TWIML_APP_SID=AP…             the TwiML app whose voice request URL is PUBLIC_URL + /voice
//   PUBLIC_URL=https://phone-server.example.com
//   PHONE_ORIGINS=https://phone.example.com     pages that may ask, with commas; no path, no slash at the end
//   PEOPLE=alice:a-long-secret,bob:another-long-secret      `openssl rand -hex 24` makes one
//   CALLER_IDS=+15550100,+15550101       your Twilio numbers; the first one is shown by default
//   ALLOWED_PREFIXES=+1,+34              who may be called; everyone else is refused
//   BLOCKED_PREFIXES=+1900,+1976         and who may not all the same: premium rates (optional)
//   ANSWERED_BY=alice                    rings when someone calls one of your numbers (optional)
//   BEHIND_PROXY=1                       a proxy of yours is in front and says who asks (optional)
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import twilio from 'twilio';

const { AccessToken } = twilio.jwt;
const NEEDED =
	'TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_API_KEY TWILIO_API_SECRET TWIML_APP_SID PEOPLE PUBLIC_URL';
const MOST = { body: 16_384, perPerson: 30, perAddress: 120 }; // characters; requests a minute
const list = (text = '') => text.split(',').flatMap((one) => one.trim() || []);
const digest = (text) => createHash('sha256').update(text).digest();
const refusal = (status, error, headers = {}) => Object.assign(new Error(error), { status, headers });

let counts = { minute: 0 };
/** In memory: this process alone counts, and anew when it is started again. */
function count(who, most) {
	const minute = Math.floor(Date.now() / 60_000);
	if (counts.minute !== minute) counts = { minute };
	counts[who] = (counts[who] ?? 0) + 1;
	if (counts[who] > most) throw refusal(429, 'too many requests', { 'retry-after': '60' });
}

/** Who is asking? Put your own sign-in here. Never believe a name that the browser sends along. */
function identityOf(authorization, env) {
	const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
	if (!bearer) throw refusal(401, 'no bearer was sent');
	for (const person of list(env.PEOPLE)) {
		const [, name, secret] = /^([\w.@-]{1,64}):(.+)$/.exec(person) ?? [];
		if (secret && timingSafeEqual(digest(secret), digest(bearer))) return name;
	}
	throw refusal(401, 'this bearer is not known');
}

/** A token for an hour: calls out through the TwiML app, calls in for this identity. */
function mintToken(identity, env) {
	const { TWILIO_ACCOUNT_SID: account, TWILIO_API_KEY: key, TWILIO_API_SECRET: secret } = env;
	const app = env.TWIML_APP_SID;
	const token = new AccessToken(account, key, secret, { identity, ttl: 3600 });
	token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: app, incomingAllow: true }));
	return token.toJwt();
}

/** What Twilio is to do with a call. `params` are those of its request: From, To, and what the phone adds. */
function voice({ From = '', To = '', CallerId = '' }, env) {
	const response = new twilio.twiml.VoiceResponse();
	const own = list(env.CALLER_IDS);
	const client = /^client:([\w.@-]{1,121})$/.exec(To)?.[1];
	const isIn = (prefixes) => list(prefixes).some((prefix) => To.startsWith(prefix));
	const mayCall = /^\+[1-9]\d{6,14}$/.test(To) && isIn(env.ALLOWED_PREFIXES) && !isIn(env.BLOCKED_PREFIXES);
	const callerId = own.includes(CallerId) ? CallerId : own[0];
	const isOurs = From.startsWith('client:');
	if (isOurs && client) response.dial({ answerOnBridge: true }).client(client);
	else if (isOurs && mayCall && callerId) response.dial({ answerOnBridge: true, callerId }).number(To);
	else if (!isOurs && own.includes(To) && env.ANSWERED_BY) response.dial().client(env.ANSWERED_BY);
	else response.reject();
	return response.toString();
}

async function answer(request, response, env) {
	const { method, url, headers } = request;
	if (headers.origin !== undefined) {
		if (!list(env.PHONE_ORIGINS).includes(headers.origin)) throw refusal(403, 'this page may not ask');
		response.setHeader('access-control-allow-origin', headers.origin);
		response.setHeader('access-control-allow-headers', 'authorization, content-type');
		response.setHeader('access-control-expose-headers', 'allow, date, retry-after');
	}
	if (!/^\/(token|voice)(\?|$)/.test(url)) throw refusal(404, 'not found');
	if (method === 'OPTIONS') return response.writeHead(204).end();
	if (method !== 'POST') throw refusal(405, 'send a POST', { allow: 'POST, OPTIONS' });
	const missing = NEEDED.split(' ').filter((name) => !env[name]);
	if (missing.length > 0) throw refusal(500, `not set on the server: ${missing.join(', ')}`);
	let body = '';
	for await (const chunk of request.setEncoding('utf8')) body = (body + chunk).slice(0, MOST.body + 1);
	if (body.length > MOST.body) throw refusal(413, 'too much was sent');
	if (url.startsWith('/voice')) {
		const params = Object.fromEntries(new URLSearchParams(body));
		const signature = headers['x-twilio-signature'] ?? '';
		if (!twilio.validateRequest(env.TWILIO_AUTH_TOKEN, signature, `${env.PUBLIC_URL}/voice`, params))
			throw refusal(403, 'not from Twilio');
		return response.setHeader('content-type', 'text/xml').end(voice(params, env));
	}
	const proxied = env.BEHIND_PROXY && headers['x-forwarded-for']?.split(',').at(-1).trim();
	count(`address ${proxied || request.socket.remoteAddress}`, MOST.perAddress);
	const identity = identityOf(headers.authorization, env);
	count(`person ${identity}`, MOST.perPerson);
	const { identity: asked = identity } = JSON.parse(body) ?? {};
	if (asked !== identity) throw refusal(403, `you are ${identity}, and the line asks for somebody else`);
	return response.end(JSON.stringify({ token: mintToken(identity, env), identity }));
}

/** POST /token for the phone, POST /voice for Twilio. */
export function createEndpoints(env) {
	return createServer((request, response) => {
		response.setHeader('vary', 'origin').setHeader('cache-control', 'no-store');
		response.setHeader('content-type', 'application/json');
		answer(request, response, env).catch(({ name, status, message, headers }) => {
			if (name === 'SyntaxError') [status, message] = [400, 'not JSON'];
			else if (!status) [status, message] = [500, 'the token server has failed'];
			response.writeHead(status, headers).end(JSON.stringify({ error: message }));
		});
	});
}

if (process.argv[1] === import.meta.filename) createEndpoints(process.env).listen(process.env.PORT ?? 3000);
