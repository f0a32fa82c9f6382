// Who asks, with the sign-in of your Supabase project, and how often.
import { personOf, refusal } from './door.js';

const MOST = { perPerson: 30, perAddress: 120 }; // requests a minute
let counts = { minute: 0 };

/** In memory: each instance of the function counts on its own, and Supabase starts and stops them as it likes. */
function count(who, most) {
	const minute = Math.floor(Date.now() / 60_000);
	if (counts.minute !== minute) counts = { minute };
	counts[who] = (counts[who] ?? 0) + 1;
	if (counts[who] > most) throw refusal(429, 'too many requests', { 'retry-after': '60' });
}

/** The user of a session, as Supabase's own server confirms it: it knows who has been signed out or banned. */
async function userOf(session, env) {
	const keys = JSON.parse(env.SUPABASE_PUBLISHABLE_KEYS ?? '{}');
	const answer = await fetch(`${env.SUPABASE_URL}/auth/v1/user`, {
		headers: { authorization: `Bearer ${session}`, apikey: keys.default ?? env.SUPABASE_ANON_KEY }
	});
	if (answer.status >= 500)
		throw refusal(503, 'the sign-in cannot be checked just now', { 'retry-after': '10' });
	if (!answer.ok) throw refusal(401, 'this session is not known or has ended');
	return answer.json();
}

/**
 * The identity of whoever has this bearer: a Supabase session, or a secret of PEOPLE for phones without a sign-in. A user's
 * identity is `phone_identity` of their app_metadata, which only your server can set, else their id with _ for -, as Twilio likes it.
 */
export async function identityOf(bearer, request, env) {
	count(`address ${request.headers.get('x-forwarded-for')?.split(',')[0].trim()}`, MOST.perAddress);
	if (!bearer) throw refusal(401, 'no bearer was sent');
	const isSession = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(bearer);
	const user = isSession ? await userOf(bearer, env) : undefined;
	const identity = user
		? (user.app_metadata?.phone_identity ?? user.id.replaceAll('-', '_'))
		: await personOf(bearer, env.PEOPLE);
	if (!/^[\w.@-]{1,64}$/.test(identity)) throw refusal(403, 'phone_identity of this user is none');
	count(`person ${identity}`, MOST.perPerson);
	return identity;
}
