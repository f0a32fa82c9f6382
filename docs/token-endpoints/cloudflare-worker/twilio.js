// A token endpoint and a voice URL for your own Twilio account as a Cloudflare Worker: this file, door.js, voice.js and
// wrangler.twilio.jsonc, no packages.
//   npx wrangler deploy --config wrangler.twilio.jsonc
//   npx wrangler secret put TWILIO_AUTH_TOKEN --config wrangler.twilio.jsonc      and so on for the other secrets
// Secrets:
//   TWILIO_AUTH_TOKEN=…           proves that a request for /voice comes from Twilio
//   TWILIO_API_KEY=SK…            an API key, made for this purpose
//   TWILIO_API_SECRET=…
//   PEOPLE=alice:a-long-secret,bob:another-long-secret      `openssl rand -hex 24` makes one
// Variables, in wrangler.twilio.jsonc, together with those of voice.js:
//   TWILIO_ACCOUNT_SID=AC…        console.twilio.com
//   TWIML_APP_SID=AP…             the TwiML app whose voice request URL is that of this Worker + /voice
//   PHONE_ORIGINS=https://phone.example.com     pages that may ask, with commas; no path, no slash at the end
import { atTheDoor, personOf, refusal, sign } from './door.js';
import { answerVoice } from './voice.js';

const NEEDED =
	'TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_API_KEY TWILIO_API_SECRET TWIML_APP_SID PEOPLE PER_PERSON PER_ADDRESS';

/** Counted by Cloudflare, in each of its locations on its own; wrangler.twilio.jsonc says how many a minute. */
async function count(limit, key) {
	const { success } = await limit.limit({ key });
	if (!success) throw refusal(429, 'too many requests', { 'retry-after': '60' });
}

/** A token for an hour: calls out through the TwiML app, calls in for this identity. */
function mintToken(identity, env) {
	const { TWILIO_API_KEY: iss, TWILIO_ACCOUNT_SID: sub, TWIML_APP_SID: application_sid } = env;
	const iat = Math.floor(Date.now() / 1000);
	const grants = { identity, voice: { incoming: { allow: true }, outgoing: { application_sid } } };
	const claims = { jti: `${iss}-${iat}`, iss, sub, iat, exp: iat + 3600, grants };
	return sign(claims, env.TWILIO_API_SECRET, { cty: 'twilio-fpa;v=1' });
}

/** POST /token for the phone, POST /voice for Twilio. */
export default {
	fetch: (request, env) =>
		atTheDoor(request, env, NEEDED, async ({ body, bearer, json }) => {
			const { pathname } = new URL(request.url);
			const signature = request.headers.get('x-twilio-signature') ?? '';
			if (pathname === '/voice') return answerVoice(body, signature, request.url, env);
			if (pathname !== '/token') throw refusal(404, 'not found');
			await count(env.PER_ADDRESS, `address ${request.headers.get('cf-connecting-ip')}`);
			if (!bearer) throw refusal(401, 'no bearer was sent');
			const identity = await personOf(bearer, env.PEOPLE);
			await count(env.PER_PERSON, `person ${identity}`);
			const { identity: asked = identity } = JSON.parse(body) ?? {};
			if (asked !== identity) throw refusal(403, `you are ${identity}, and the line asks for somebody else`);
			return json(200, { token: await mintToken(identity, env), identity });
		})
};
