// A token endpoint and a voice URL for your own Twilio account as a Supabase Edge Function: this file and ../_shared, no
// packages. Copy the folder `functions` and what config.toml says into the `supabase` folder of your project.
//   supabase secrets set --env-file .env
//   supabase functions deploy twilio
// .env, together with the settings that _shared/voice.js explains:
//   TWILIO_ACCOUNT_SID=AC…        console.twilio.com
//   TWILIO_AUTH_TOKEN=…           proves that a request for /voice comes from Twilio
//   TWILIO_API_KEY=SK…            an API key, made for this purpose
//   TWILIO_API_SECRET=…
//   TWIML_APP_SID=AP…             its voice request URL: https://PROJECT.supabase.co/functions/v1/twilio/voice
//   PHONE_ORIGINS=https://phone.example.com     pages that may ask, with commas; no path, no slash at the end
//   PEOPLE=door:a-long-secret            phones without a sign-in; `openssl rand -hex 24` makes one (optional)
import { atTheDoor, refusal, sign } from '../_shared/door.js';
import { identityOf } from '../_shared/session.js';
import { answerVoice } from '../_shared/voice.js';

const NEEDED =
	'TWILIO_ACCOUNT_SID TWILIO_AUTH_TOKEN TWILIO_API_KEY TWILIO_API_SECRET TWIML_APP_SID SUPABASE_URL';

/** A token for an hour: calls out through the TwiML app, calls in for this identity. */
function mintToken(identity, env) {
	const { TWILIO_API_KEY: iss, TWILIO_ACCOUNT_SID: sub, TWIML_APP_SID: application_sid } = env;
	const iat = Math.floor(Date.now() / 1000);
	const grants = { identity, voice: { incoming: { allow: true }, outgoing: { application_sid } } };
	const claims = { jti: `${iss}-${iat}`, iss, sub, iat, exp: iat + 3600, grants };
	return sign(claims, env.TWILIO_API_SECRET, { cty: 'twilio-fpa;v=1' });
}

/** POST …/twilio/token for the phone, POST …/twilio/voice for Twilio. */
Deno.serve((request) => {
	const env = Deno.env.toObject();
	return atTheDoor(request, env, NEEDED, async ({ body, bearer, json }) => {
		const { pathname } = new URL(request.url);
		const signature = request.headers.get('x-twilio-signature') ?? '';
		const url = `${env.SUPABASE_URL}/functions/v1/twilio/voice`;
		if (pathname.endsWith('/twilio/voice')) return answerVoice(body, signature, url, env);
		if (!pathname.endsWith('/twilio/token')) throw refusal(404, 'not found');
		const identity = await identityOf(bearer, request, env);
		const { identity: asked = identity } = JSON.parse(body) ?? {};
		if (asked !== identity) throw refusal(403, `you are ${identity}, and the line asks for somebody else`);
		return json(200, { token: await mintToken(identity, env), identity });
	});
});
