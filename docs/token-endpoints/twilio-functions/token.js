// A token endpoint for your own Twilio account as a Twilio Function: path /token, visibility Public. voice.js goes with it.
// In the service's settings choose Node.js 22, and tick "Add my Twilio Credentials (ACCOUNT_SID) and (AUTH_TOKEN) to ENV".
// Environment variables:
//   TWILIO_API_KEY=SK…            an API key, made for this purpose
//   TWILIO_API_SECRET=…
//   TWIML_APP_SID=AP…             the TwiML app whose voice request URL is that of voice.js
//   PHONE_ORIGINS=https://phone.example.com     pages that may ask, with commas; no path, no slash at the end
//   PEOPLE=alice:a-long-secret,bob:another-long-secret      `openssl rand -hex 24` makes one
// What Twilio does before this file is run: it answers the browser's preflight (for any page: that is no protection), and
// reads the JSON. The method and the caller's address it does not tell.
const { createHash, timingSafeEqual } = require('node:crypto');
const { AccessToken } = require('twilio').jwt;

const NEEDED = ['ACCOUNT_SID', 'TWILIO_API_KEY', 'TWILIO_API_SECRET', 'TWIML_APP_SID', 'PEOPLE'];
const MOST = { bytes: 16_384, perPerson: 30 }; // requests a minute
const list = (text = '') => text.split(',').flatMap((one) => one.trim() || []);
const digest = (text) => createHash('sha256').update(text).digest();
const refusal = (status, error, headers = {}) => Object.assign(new Error(error), { status, headers });

let counts = { minute: 0 };
/** In memory: each instance of the function counts on its own, and Twilio starts and stops them as it likes. */
function count(who, most) {
	const minute = Math.floor(Date.now() / 60_000);
	if (counts.minute !== minute) counts = { minute };
	counts[who] = (counts[who] ?? 0) + 1;
	if (counts[who] > most) throw refusal(429, 'too many requests', { 'Retry-After': '60' });
}

/** Who is asking? Put your own sign-in here. Never believe a name that the browser sends along. */
function identityOf(authorization, people) {
	const bearer = /^Bearer (.+)$/.exec(authorization)?.[1];
	if (!bearer) throw refusal(401, 'no bearer was sent');
	for (const person of list(people)) {
		const [, name, secret] = /^([\w.@-]{1,64}):(.+)$/.exec(person) ?? [];
		if (secret && timingSafeEqual(digest(secret), digest(bearer))) return name;
	}
	throw refusal(401, 'this bearer is not known');
}

/** A token for an hour: calls out through the TwiML app, calls in for this identity. */
function mintToken(identity, context) {
	const { ACCOUNT_SID: account, TWILIO_API_KEY: key, TWILIO_API_SECRET: secret } = context;
	const app = context.TWIML_APP_SID;
	const token = new AccessToken(account, key, secret, { identity, ttl: 3600 });
	token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: app, incomingAllow: true }));
	return token.toJwt();
}

function answer(context, event, response) {
	// What was sent lies beside `request`, and over it where it has the same name.
	const headers = event.request?.headers ?? {};
	if (headers.origin !== undefined) {
		if (!list(context.PHONE_ORIGINS).includes(headers.origin)) throw refusal(403, 'this page may not ask');
		response.appendHeader('Access-Control-Allow-Origin', headers.origin);
		response.appendHeader('Access-Control-Expose-Headers', 'Allow, Date, Retry-After');
	}
	const missing = NEEDED.filter((name) => !context[name]);
	if (missing.length > 0) throw refusal(500, `not set on the server: ${missing.join(', ')}`);
	if (Number(headers['content-length']) > MOST.bytes) throw refusal(413, 'too much was sent');
	if (!/^application\/json\b/.test(headers['content-type']))
		throw refusal(405, 'send a POST with JSON', { Allow: 'POST, OPTIONS' });
	const identity = identityOf(headers.authorization, context.PEOPLE);
	count(`person ${identity}`, MOST.perPerson);
	const { identity: asked = identity } = event;
	if (asked !== identity) throw refusal(403, `you are ${identity}, and the line asks for somebody else`);
	response.setBody({ token: mintToken(identity, context), identity });
}

exports.handler = function (context, event, callback) {
	const response = new Twilio.Response();
	response.setHeaders({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store', Vary: 'Origin' });
	try {
		answer(context, event, response);
	} catch (error) {
		const { status = 500, headers = {} } = error;
		for (const [name, value] of Object.entries(headers)) response.appendHeader(name, value);
		response.setStatusCode(status);
		response.setBody({ error: error.status ? error.message : 'the token server has failed' });
	}
	callback(null, response);
};
