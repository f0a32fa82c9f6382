// A token endpoint for LiveKit Cloud or a LiveKit server of your own, in one file without a framework. It takes LiveKit's
// standard request and gives the standard answer.
//
//   npm install livekit-server-sdk@2
//   node --env-file=.env livekit.mjs
//
// .env:
//   LIVEKIT_URL=wss://my-project.livekit.cloud      URL, key and secret of one and the same project
//   LIVEKIT_API_KEY=API…
//   LIVEKIT_API_SECRET=…
//   PHONE_ORIGINS=https://phone.example.com         pages that may ask; several with commas
//   PEOPLE=alice:a-long-secret,bob:another-long-secret
//   AGENTS=echo                                     voice agents that may be invited by name
//   ROOMS=standup,support                           rooms that may be entered by name; else new ones only
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { AccessToken, RoomAgentDispatch, RoomConfiguration, TrackSource } from 'livekit-server-sdk';

const list = (text = '') => text.split(',').filter(Boolean);
const digest = (text) => createHash('sha256').update(text).digest();

/** Who is asking? Put your own sign-in here. Never believe a name that the browser sends along. */
export function identityOf(request, env) {
	const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
	if (!bearer) return undefined;
	const people = list(env.PEOPLE).map((person) => person.split(':'));
	return people.find(([, secret]) => secret && timingSafeEqual(digest(secret), digest(bearer)))?.[0];
}

/** The phone makes up a room for each call, so that nobody is called into a room that somebody can guess. */
export function roomOf(asked, env) {
	const isNew = typeof asked === 'string' && /^call-[a-z0-9]{10}$/.test(asked);
	return isNew || list(env.ROOMS).includes(asked) ? asked : undefined;
}

/** The agents that are invited: those of the list, whatever else the browser would like to configure. */
export function agentsOf(asked, env) {
	const wanted = Array.isArray(asked?.agents) ? asked.agents : [];
	return wanted
		.filter((agent) => list(env.AGENTS).includes(agent?.agent_name))
		.map(({ agent_name: agentName, metadata }) => {
			const told = typeof metadata === 'string' && metadata.length <= 4096 ? metadata : '';
			return new RoomAgentDispatch({ agentName, metadata: told });
		});
}

/** Good for entering within ten minutes; LiveKit renews it for as long as the call lasts. */
export function mintToken(identity, room, agents, env) {
	const token = new AccessToken(env.LIVEKIT_API_KEY, env.LIVEKIT_API_SECRET, {
		identity,
		name: identity,
		ttl: 600
	});
	token.addGrant({
		roomJoin: true,
		room,
		canSubscribe: true,
		canPublish: true,
		canPublishSources: [TrackSource.MICROPHONE],
		canPublishData: true
	});
	if (agents.length > 0) token.roomConfig = new RoomConfiguration({ agents });
	return token.toJwt();
}

/** POST /token. */
export function createEndpoint(env) {
	return createServer(async (request, response) => {
		const answer = (status, body) =>
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		const { origin } = request.headers;
		if (list(env.PHONE_ORIGINS).includes(origin)) response.setHeader('access-control-allow-origin', origin);
		response.setHeader('access-control-allow-headers', 'authorization, content-type');
		response.setHeader('vary', 'origin');
		response.setHeader('cache-control', 'no-store');
		if (request.method === 'OPTIONS') return response.writeHead(204).end();
		if (request.method !== 'POST' || request.url !== '/token') return answer(404, { error: 'not found' });

		const identity = identityOf(request, env);
		if (!identity) return answer(401, { error: 'unauthorized' });
		let body = '';
		for await (const chunk of request) if ((body += chunk).length > 65_536) return request.destroy();
		let asked;
		try {
			asked = JSON.parse(body) ?? {};
		} catch {
			return answer(400, { error: 'not JSON' });
		}
		const room = roomOf(asked.room_name, env);
		if (!room) return answer(400, { error: 'this room is not one of yours' });
		const token = await mintToken(identity, room, agentsOf(asked.room_config, env), env);
		return answer(201, { server_url: env.LIVEKIT_URL, participant_token: token });
	});
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
	createEndpoint(process.env).listen(process.env.PORT ?? 3000);
