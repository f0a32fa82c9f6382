import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveKit } from './livekit.ts';
import { ROOM_PLAN } from './room-plan.ts';
import { answerToken, roomAsked, type Answer } from './token-endpoints.ts';

const LIMIT = 64 * 1024;

/** Answers `/livekit/…`; false when the request is for somebody else. */
export async function answerHttp(
	request: IncomingMessage,
	response: ServerResponse,
	livekit: LiveKit
): Promise<boolean> {
	const url = new URL(request.url ?? '/', 'http://livekit');
	const [, house, what = '', ...rest] = url.pathname.split('/');
	if (house !== 'livekit') return false;
	if (request.method === 'OPTIONS') {
		send(request, response, { status: 204, body: '' });
		return true;
	}
	const fields = { ...Object.fromEntries(url.searchParams), ...(await readJson(request)) };
	let answer: Answer | undefined;
	try {
		if (what === 'token') answer = await token(rest.join('/') || 'good', fields, url, request, livekit);
		else
			answer =
				request.method === 'POST' ? await steer(what, fields, livekit) : await see(what, fields, livekit);
	} catch (error) {
		answer = { status: 409, body: { error: String(error) } };
	}
	if (answer?.delay) await sleep(answer.delay, undefined, { ref: false });
	if (!response.destroyed) send(request, response, answer ?? { status: 404, body: { error: 'not found' } });
	return true;
}

async function token(
	name: string,
	fields: Readonly<Record<string, unknown>>,
	{ searchParams: query }: URL,
	{ headers }: IncomingMessage,
	livekit: LiveKit
): Promise<Answer | undefined> {
	const room = roomAsked(fields);
	const serverUrl = room === undefined ? livekit.url : await livekit.open(room);
	return answerToken(name, {
		fields,
		query,
		authorization: headers.authorization,
		serverUrl,
		keys: livekit.keys
	});
}

async function see(
	what: string,
	fields: Readonly<Record<string, unknown>>,
	livekit: LiveKit
): Promise<Answer | undefined> {
	const room = text(fields['room']);
	const identity = text(fields['identity']);
	switch (what) {
		case 'rooms':
			return ok(await livekit.observe({ ...(room ? { room } : {}), ...(identity ? { identity } : {}) }));
		case 'participants':
			return ok(
				(await livekit.rooms.listParticipants(room ?? '')).map(
					({ identity, name, kind, state, attributes }) => ({
						identity,
						name,
						kind,
						state,
						attributes
					})
				)
			);
		case 'plan':
			return ok(ROOM_PLAN.map(({ name, what }) => ({ name, what })));
	}
	return undefined;
}

async function steer(
	what: string,
	fields: Readonly<Record<string, unknown>>,
	livekit: LiveKit
): Promise<Answer | undefined> {
	const room = text(fields['room']) ?? '';
	const identity = text(fields['identity']) ?? '';
	const ms = Number(fields['ms'] ?? 0);
	switch (what) {
		case 'remove':
			await livekit.rooms.removeParticipant(room, identity);
			return ok({});
		case 'delete':
			await livekit.rooms.deleteRoom(room);
			return ok({});
		case 'mute': {
			const { tracks } = await livekit.rooms.getParticipant(room, identity);
			const muted = fields['muted'] !== false;
			for (const { sid } of tracks) await livekit.rooms.mutePublishedTrack(room, identity, sid, muted);
			return ok({ tracks: tracks.length });
		}
		case 'permit':
			await livekit.rooms.updateParticipant(room, identity, {
				permission: { canSubscribe: true, canPublishData: true, canPublish: fields['speak'] !== false }
			});
			return ok({});
		case 'visit':
			await livekit.visit({ room, identity, name: text(fields['name']) ?? 'Visitor' });
			return ok({});
		case 'say':
			await livekit.say(room, text(fields['text']) ?? 'Hello.', ms || undefined);
			return ok({});
		case 'state':
			await livekit.setState(room, text(fields['state']) ?? 'listening');
			return ok({});
		case 'assistant':
			await livekit.startAssistant();
			return ok({});
		case 'restart':
			await livekit.restart();
			return ok({});
		case 'freeze':
			livekit.freeze();
			if (ms) void sleep(ms, undefined, { ref: false }).then(() => livekit.thaw());
			return ok({});
		case 'thaw':
			livekit.thaw();
			return ok({});
		case 'stop':
			livekit.stop();
			return ok({});
	}
	return undefined;
}

function ok(body: unknown): Answer {
	return { status: 200, body };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
	const content = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
	response
		.writeHead(answer.status, {
			'content-type': answer.type ?? 'application/json',
			'cache-control': 'no-store',
			'access-control-allow-origin': request.headers.origin ?? '*',
			'access-control-allow-credentials': 'true',
			'access-control-allow-methods': 'GET, POST, OPTIONS',
			'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'content-type',
			'access-control-allow-private-network': 'true',
			vary: 'origin'
		})
		.end(content);
}

/** The body as an object; an empty one when it is none. */
async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
	let content = '';
	for await (const chunk of request) {
		content += String(chunk);
		if (content.length > LIMIT) return {};
	}
	try {
		const value: unknown = JSON.parse(content);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
