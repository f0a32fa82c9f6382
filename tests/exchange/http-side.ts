import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { INCOMING, NUMBERING_PLAN } from './numbering-plan.ts';
import type { RingRequest, Switchboard } from './switchboard.ts';
import { answerToken, type Answer } from './token-endpoints.ts';

const LIMIT = 64 * 1024;

/** Answers `/token…` and `/exchange/…`; false when the request is for somebody else. */
export async function answerHttp(
	request: IncomingMessage,
	response: ServerResponse,
	switchboard: Switchboard
): Promise<boolean> {
	const url = new URL(request.url ?? '/', 'http://exchange');
	const [, room, ...rest] = url.pathname.split('/');
	if (room !== 'token' && room !== 'exchange') return false;
	if (request.method === 'OPTIONS') {
		send(request, response, { status: 204, body: '' });
		return true;
	}
	const body = await readJson(request);
	const name = rest.join('/');
	const identity = text(body['identity']) ?? url.searchParams.get('identity') ?? undefined;
	const answer =
		room === 'token'
			? answerToken(
					name || 'good',
					{ identity, query: url.searchParams, authorization: request.headers.authorization },
					switchboard.tokens
				)
			: await control(name, identity, body, request, switchboard);
	if (answer?.delay) await sleep(answer.delay, undefined, { ref: false });
	const { aheadMs, now } = switchboard.tokens;
	if (room === 'token' && aheadMs !== 0) {
		response.setHeader('date', new Date(now * 1000).toUTCString());
		response.setHeader('access-control-expose-headers', 'date');
	}
	if (!response.destroyed) send(request, response, answer ?? { status: 404, body: { error: 'not found' } });
	return true;
}

async function control(
	name: string,
	identity: string | undefined,
	body: Record<string, unknown>,
	request: IncomingMessage,
	switchboard: Switchboard
): Promise<Answer | undefined> {
	switch (name) {
		case 'plan':
			return ok({
				numbers: NUMBERING_PLAN.map(({ number, name, what }) => ({ number, name, what })),
				incoming: INCOMING.map(({ name, what }) => ({ name, what }))
			});
		case 'calls':
			return ok(switchboard.observe(identity));
		case 'phones':
			return ok(switchboard.observePhones());
	}
	if (request.method !== 'POST') return undefined;
	switch (name) {
		case 'ring':
			try {
				return ok({ sid: await switchboard.ring(body as unknown as RingRequest) });
			} catch (error) {
				return { status: 409, body: { error: String(error) } };
			}
		case 'drop':
			return ok({ sockets: switchboard.drop(identity ?? '') });
		case 'expire':
			return ok({ sockets: switchboard.expire(identity ?? '') });
		case 'hang-up':
			return ok({ found: switchboard.hangUp(text(body['sid']) ?? '') });
		case 'refuse':
			switchboard.refuse(request.headers.host ?? '', Number(body['ms'] ?? 5000));
			return ok({});
		case 'clock':
			switchboard.tokens.aheadMs = Number(body['aheadMs'] ?? 0);
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
			vary: 'origin',
			...answer.headers
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
