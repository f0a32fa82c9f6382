// A token endpoint for LiveKit Cloud or a LiveKit server of your own as a Cloudflare Worker: this file, door.js and
// wrangler.livekit.jsonc, no packages. It takes LiveKit's standard request and gives the standard answer.
//   npx wrangler deploy --config wrangler.livekit.jsonc
//   npx wrangler secret put LIVEKIT_API_SECRET --config wrangler.livekit.jsonc      and so on for the other secrets
// Secrets:
//   LIVEKIT_API_KEY=API…          URL, key and secret of one and the same project
//   LIVEKIT_API_SECRET=…
//   PEOPLE=alice:a-long-secret,bob:another-long-secret      `openssl rand -hex 24` makes one
// Variables, in wrangler.livekit.jsonc:
//   LIVEKIT_URL=wss://my-project.livekit.cloud
//   PHONE_ORIGINS=https://phone.example.com     pages that may ask, with commas; no path, no slash at the end
//   AGENTS=echo                      voice agents that may be invited by name (optional)
//   ROOMS=standup,support            rooms that may be entered by name; else new ones only (optional)
import { atTheDoor, list, personOf, refusal, sign } from './door.js';

const NEEDED = 'LIVEKIT_URL LIVEKIT_API_KEY LIVEKIT_API_SECRET PEOPLE PER_PERSON PER_ADDRESS';

/** Counted by Cloudflare, in each of its locations on its own; wrangler.livekit.jsonc says how many a minute. */
async function count(limit, key) {
	const { success } = await limit.limit({ key });
	if (!success) throw refusal(429, 'too many requests', { 'retry-after': '60' });
}

/** The phone makes up a room for each call, so that nobody is called into a room that somebody can guess. */
function roomOf(asked, env) {
	const isNew = typeof asked === 'string' && /^call-[a-z0-9]{10}$/.test(asked);
	if (isNew || list(env.ROOMS).includes(asked)) return asked;
	throw refusal(400, 'this room is not one of yours');
}

/** The agents that are invited: each of the list once, whatever else the browser would like to configure. */
function agentsOf(asked, env) {
	const wanted = Array.isArray(asked?.agents) ? asked.agents : [];
	return list(env.AGENTS).flatMap((agentName) => {
		const agent = wanted.find((one) => one?.agent_name === agentName);
		const metadata = typeof agent?.metadata === 'string' ? agent.metadata.slice(0, 4096) : '';
		return agent ? { agentName, metadata } : [];
	});
}

/** Good for entering within ten minutes; LiveKit renews it for as long as the call lasts. */
function mintToken(identity, room, agents, env) {
	const may = {
		canSubscribe: true,
		canPublish: true,
		canPublishSources: ['microphone'],
		canPublishData: true
	};
	const nbf = Math.floor(Date.now() / 1000);
	const claims = { iss: env.LIVEKIT_API_KEY, sub: identity, name: identity, nbf, exp: nbf + 600 };
	const invited = agents.length > 0 ? { roomConfig: { agents } } : {};
	return sign({ ...claims, video: { roomJoin: true, room, ...may }, ...invited }, env.LIVEKIT_API_SECRET);
}

/** POST /token. */
export default {
	fetch: (request, env) =>
		atTheDoor(request, env, NEEDED, async ({ body, bearer, json }) => {
			if (new URL(request.url).pathname !== '/token') throw refusal(404, 'not found');
			await count(env.PER_ADDRESS, `address ${request.headers.get('cf-connecting-ip')}`);
			if (!bearer) throw refusal(401, 'no bearer was sent');
			const identity = await personOf(bearer, env.PEOPLE);
			await count(env.PER_PERSON, `person ${identity}`);
			const { participant_identity: asked = identity, room_name, room_config } = JSON.parse(body) ?? {};
			if (asked !== identity) throw refusal(403, `you are ${identity}, and the line asks for somebody else`);
			const token = await mintToken(identity, roomOf(room_name, env), agentsOf(room_config, env), env);
			return json(201, { server_url: env.LIVEKIT_URL, participant_token: token });
		})
};
