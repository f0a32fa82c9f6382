// A token endpoint for LiveKit Cloud or a LiveKit server of your own as a Supabase Edge Function: this file and ../_shared,
// no packages. Copy the folder `functions` and what config.toml says into the `supabase` folder of your project.
//   supabase secrets set --env-file .env
//   supabase functions deploy livekit
// .env:
//   LIVEKIT_URL=wss://my-project.livekit.cloud      URL, key and secret of one and the same project
//   LIVEKIT_API_KEY=API…
//   LIVEKIT_API_SECRET=…
//   PHONE_ORIGINS=https://phone.example.com     pages that may ask, with commas; no path, no slash at the end
//   PEOPLE=door:a-long-secret            phones without a sign-in; `openssl rand -hex 24` makes one (optional)
//   AGENTS=echo                      voice agents that may be invited by name (optional)
//   ROOMS=standup,support            rooms that may be entered by name; else new ones only (optional)
import { atTheDoor, list, refusal, sign } from '../_shared/door.js';
import { identityOf } from '../_shared/session.js';

const NEEDED = 'LIVEKIT_URL LIVEKIT_API_KEY LIVEKIT_API_SECRET SUPABASE_URL';

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

/** POST …/livekit/token. */
Deno.serve((request) => {
	const env = Deno.env.toObject();
	return atTheDoor(request, env, NEEDED, async ({ body, bearer, json }) => {
		if (!new URL(request.url).pathname.endsWith('/livekit/token')) throw refusal(404, 'not found');
		const identity = await identityOf(bearer, request, env);
		const { participant_identity: asked = identity, room_name, room_config } = JSON.parse(body) ?? {};
		if (asked !== identity) throw refusal(403, `you are ${identity}, and the line asks for somebody else`);
		const token = await mintToken(identity, roomOf(room_name, env), agentsOf(room_config, env), env);
		return json(201, { server_url: env.LIVEKIT_URL, participant_token: token });
	});
});
