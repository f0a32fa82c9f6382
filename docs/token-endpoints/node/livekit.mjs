// A token endpoint for LiveKit Cloud or a LiveKit server of your own, in one file without a framework. It takes LiveKit's
// standard request and gives the standard answer.
//   npm install livekit-server-sdk@2
//   node --env-file=.env livekit.mjs
// .env:
//   LIVEKIT_URL=wss://my-project.livekit.cloud      URL, key and secret of one and the same project
//   LIVEKIT_API_KEY=API…
//   LIVEKIT_API_SECRET=…
//   PHONE_ORIGINS=https://phone.example.com     pages that may ask, with commas; no path, no slash at the end
//   PEOPLE=alice:a-long-secret,bob:another-long-secret      `openssl rand -hex 24` makes one
//   AGENTS=echo                      voice agents that may be invited by name (optional)
//   ROOMS=standup,support            rooms that may be entered by name; else new ones only (optional)
//   BEHIND_PROXY=1                   a proxy of yours is in front and says who asks (optional)
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { AccessToken, RoomAgentDispatch, RoomConfiguration, TrackSource } from 'livekit-server-sdk';

const NEEDED = 'LIVEKIT_URL LIVEKIT_API_KEY LIVEKIT_API_SECRET PEOPLE';
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
		const told = typeof agent?.metadata === 'string' ? agent.metadata.slice(0, 4096) : '';
		return agent ? new RoomAgentDispatch({ agentName, metadata: told }) : [];
	});
}

/** Good for entering within ten minutes; LiveKit renews it for as long as the call lasts. */
function mintToken(identity, room, agents, env) {
	const who = { identity, name: identity, ttl: 600 };
	const token = new AccessToken(env.LIVEKIT_API_KEY, env.LIVEKIT_API_SECRET, who);
	const canPublishSources = [TrackSource.MICROPHONE];
	const may = { canSubscribe: true, canPublish: true, canPublishSources, canPublishData: true };
	token.addGrant({ roomJoin: true, room, ...may });
	if (agents.length > 0) token.roomConfig = new RoomConfiguration({ agents });
	return token.toJwt();
}

async function answer(request, response, env) {
	const { method, url, headers } = request;
	if (headers.origin !== undefined) {
		if (!list(env.PHONE_ORIGINS).includes(headers.origin)) throw refusal(403, 'this page may not ask');
		response.setHeader('access-control-allow-origin', headers.origin);
		response.setHeader('access-control-allow-headers', 'authorization, content-type');
		response.setHeader('access-control-expose-headers', 'allow, date, retry-after');
	}
	if (!/^\/token(\?|$)/.test(url)) throw refusal(404, 'not found');
	if (method === 'OPTIONS') return response.writeHead(204).end();
	if (method !== 'POST') throw refusal(405, 'send a POST', { allow: 'POST, OPTIONS' });
	const missing = NEEDED.split(' ').filter((name) => !env[name]);
	if (missing.length > 0) throw refusal(500, `not set on the server: ${missing.join(', ')}`);
	let body = '';
	for await (const chunk of request.setEncoding('utf8')) body = (body + chunk).slice(0, MOST.body + 1);
	if (body.length > MOST.body) throw refusal(413, 'too much was sent');

	const proxied = env.BEHIND_PROXY && headers['x-forwarded-for']?.split(',').at(-1).trim();
	count(`address ${proxied || request.socket.remoteAddress}`, MOST.perAddress);
	const identity = identityOf(headers.authorization, env);
	count(`person ${identity}`, MOST.perPerson);
	const { participant_identity: asked = identity, room_name, room_config } = JSON.parse(body) ?? {};
	if (asked !== identity) throw refusal(403, `you are ${identity}, and the line asks for somebody else`);
	const token = await mintToken(identity, roomOf(room_name, env), agentsOf(room_config, env), env);
	response.statusCode = 201;
	return response.end(JSON.stringify({ server_url: env.LIVEKIT_URL, participant_token: token }));
}

/** POST /token. */
export function createEndpoint(env) {
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

if (process.argv[1] === import.meta.filename) createEndpoint(process.env).listen(process.env.PORT ?? 3000);
