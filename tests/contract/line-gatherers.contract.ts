// First: it counts what is opened.
import { liveNow } from './live.ts';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import { gather } from '#lib/diagnostics/gather.ts';
import type { Evidence, LineSnapshot } from '#lib/diagnostics/types.ts';
import { gatherers as livekitGatherers } from '#lib/lines/livekit/gatherers.ts';
import type { LivekitSettings } from '#lib/lines/livekit/meta.ts';
import { gatherers as practiceGatherers } from '#lib/lines/practice/gatherers.ts';
import { gatherers as twilioGatherers } from '#lib/lines/twilio/gatherers.ts';
import type { TwilioSettings } from '#lib/lines/twilio/meta.ts';
import type { GathererDeps, LineGatherer } from '#lib/lines/module.ts';
import { livekit } from './livekit-bench.ts';
import { clock, phones } from './twilio-bench.ts';
import { PATIENCE, ready } from './bench.ts';
import type { PhoneObservation } from '../exchange/observation.ts';
import type { RoomObservation } from '../livekit/observation.ts';

const { gateway, httpUrl } = inject('exchange');
const phone = phones(liveNow);
const READY: LineSnapshot = {
	phase: 'ready',
	receiving: true,
	wasReady: true,
	readySince: 1,
	since: 1,
	attempts: 0,
	interruptions: []
};

let audio: AudioContext | undefined;
function gathererDeps(more: Partial<GathererDeps> = {}): GathererDeps {
	return {
		clock,
		base: location.href,
		bearer: () => undefined,
		snapshot: () => undefined,
		calls: () => [],
		inCall: () => false,
		ownsPhone: true,
		switchedOff: false,
		dialsOut: true,
		problems: [],
		sockets: { failed: () => {} },
		shareToken: () => {},
		audio: () => (audio ??= new AudioContext()),
		random: (count) => crypto.getRandomValues(new Uint8Array(count)),
		version: '0.0.0',
		...more
	};
}

const token = (url: string, more: Partial<TokenSettings> = {}): TokenSettings => ({
	url,
	method: 'POST',
	auth: 'none',
	headers: {},
	style: 'snake',
	response: {},
	...more
});

type Lines = NonNullable<Evidence['lines'][string]>;

async function gathered(gatherers: readonly LineGatherer[], id: string): Promise<Lines> {
	const { evidence } = await gather({ gatherers, clock, signal: new AbortController().signal });
	expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
	expect(JSON.stringify(evidence)).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/);
	return evidence.lines[id] ?? {};
}

const named = (word: string) => `${word}_${crypto.randomUUID().slice(0, 8)}`;

beforeAll(() => userEvent.click(document.body));
describe('a Twilio line', { timeout: 4 * PATIENCE }, () => {
	const settings = (identity: string, more: Partial<TwilioSettings> = {}): TwilioSettings => ({
		id: 'desk',
		label: 'Desk',
		token: token(`${httpUrl}/token/good`),
		identity,
		edges: ['roaming'],
		gateway,
		incoming: true,
		expect: {},
		dial: { numberParam: 'To', callerIds: [], params: {} },
		...more
	});
	const look = (
		identity: string,
		more: Partial<TwilioSettings> = {},
		deps: Partial<GathererDeps> = {}
	): Promise<Lines> => gathered(twilioGatherers(settings(identity, more), gathererDeps(deps)), 'desk');
	const phoneOf = async (identity: string) =>
		((await (await fetch(`${httpUrl}/exchange/phones`)).json()) as PhoneObservation[]).find(
			(one) => one.identity === identity
		);

	test('that works: token, signalling and a registration of its own, taken back', async () => {
		const identity = named('alice');
		const seen = await look(identity);
		expect(seen).toMatchObject({
			setup: { ok: true, value: { kind: 'twilio', accepted: true, identity } },
			state: { ok: true, value: { phase: 'off' } },
			token: { ok: true, value: { tokenForm: 'jwt', claims: { payload: { grants: { identity } } } } },
			signalling: {
				value: { targets: [{ role: 'primary', said: [], followUps: [], expectsConfirmation: true }] }
			},
			registration: { value: { by: 'probe', said: [] } },
			calls: { value: { recent: [] } }
		});
		const [target] = seen.signalling?.ok ? seen.signalling.value.targets : [];
		expect(target?.confirmedAfterMs).toBeDefined();
		expect(target?.socket.closedByPage).toBe(true);
		expect(seen.registration).toHaveProperty('value.readyAfterMs');
		expect((await phoneOf(identity))?.registered ?? false).toBe(false);
	});

	test('that is registered is left alone', async () => {
		const { line, phone: observed, identity } = phone();
		await ready(line);
		const seen = await look(identity, {}, { snapshot: () => READY });
		expect(seen.registration).toMatchObject({ value: { by: 'line', said: [] } });
		expect(seen.signalling).toMatchObject({ value: { targets: [{ said: [] }] } });
		expect(line.state.value).toEqual({ phase: 'ready', receiving: true });
		expect(await observed()).toMatchObject({ registered: true, registers: 1 });
	});

	const words: readonly (readonly [identity: string, tokens: string, said: object])[] = [
		['alice', 'wrong-secret', { code: 31202, means: 'twilio-token.wrong-secret' }],
		['error_51007', 'good', { code: 51007, means: 'twilio-token.refused' }],
		['error_99999', 'good', { code: 99999 }],
		['dismissed', 'good', { text: 'close' }]
	];
	test.for(words)("the gateway's own words, raw: %s, %s", async ([identity, tokens, word]) => {
		const seen = await look(named(identity), { token: token(`${httpUrl}/token/${tokens}`) });
		expect(seen.signalling).toMatchObject({ value: { targets: [{ said: [word] }] } });
		expect(seen.registration).toMatchObject({ value: { by: 'nobody', notAsked: 'no-signalling' } });
	});

	test('a gateway that cuts is asked without the token and with another, and no more', async () => {
		const seen = await look(named('storm'));
		const [target] = seen.signalling?.ok ? seen.signalling.value.targets : [];
		expect(target?.socket.close?.code).toBe(1006);
		expect(target?.followUps.map(({ change }) => change)).toEqual(['no-token', 'dummy-token']);
		expect(target?.followUps[0]?.socket?.closedByPage).toBe(true);
		expect(target?.followUps[1]?.said?.[0]?.code).toBeGreaterThan(0);
	});

	test('nobody there, and no token', async () => {
		const seen = await look(named('alice'), {
			gateway: 'localhost:9',
			token: token(`${httpUrl}/token/500`)
		});
		expect(seen.token).toMatchObject({ value: { asked: { status: 500 }, said: 'it broke' } });
		expect(seen.signalling).toMatchObject({
			value: { targets: [{ expectsConfirmation: false, noCors: { outcome: 'rejected' } }] }
		});
	});

	test('is not touched in a call, nor registered from another tab', async () => {
		const inCall = await look(named('alice'), {}, { inCall: () => true });
		expect(inCall.signalling).toMatchObject({ value: { targets: [], notTried: 'in-a-call' } });
		expect(inCall.registration).toMatchObject({ value: { by: 'nobody', notAsked: 'would-disturb' } });
		const elsewhere = await look(named('alice'), {}, { ownsPhone: false });
		expect(elsewhere.registration).toMatchObject({ value: { notAsked: 'would-disturb' } });
	});

	test('a registration that is refused', async () => {
		const seen = await look(named('refused'));
		expect(seen.registration).toMatchObject({ value: { by: 'probe', said: [{ code: 31201 }] } });
	});
});

describe('a LiveKit line', { timeout: 4 * PATIENCE }, () => {
	const settings = (tokens = '', more: Partial<LivekitSettings> = {}): LivekitSettings => ({
		id: 'agent',
		label: 'Agent',
		serverUrl: livekit.url,
		token: token(`${livekit.httpUrl}/livekit/token${tokens}`),
		identity: named('alice'),
		room: 'call-{random}',
		agent: { expected: false, joinWithinSeconds: 20 },
		...more
	});
	const look = (
		tokens = '',
		more: Partial<LivekitSettings> = {},
		deps: Partial<GathererDeps> = {}
	): Promise<Lines> => gathered(livekitGatherers(settings(tokens, more), gathererDeps(deps)), 'agent');

	test('that works: validated, joined in a room of its own, and left', async () => {
		const seen = await look();
		expect(seen).toMatchObject({
			setup: { value: { kind: 'livekit', fixedRoom: false, agent: { expected: false } } },
			token: { value: { tokenForm: 'jwt', askedForAgent: false } },
			signalling: { value: { targets: [{ role: 'primary', followUps: [], said: [] }] } },
			room: {
				value: {
					validate: [{ status: 200, excerpt: 'success' }],
					join: { outcome: 'joined', permissions: { canPublish: true, canSubscribe: true } }
				}
			},
			lineIce: { ok: true }
		});
		expect(seen.signalling).toHaveProperty('value.targets.0.confirmedAfterMs');
		expect(seen.room).not.toHaveProperty('value.said');
		const rooms = (await (await fetch(`${livekit.httpUrl}/livekit/rooms`)).json()) as RoomObservation[];
		expect(JSON.stringify(rooms)).not.toContain('agent-name');
	});

	const refused: readonly (readonly [tokens: string, means: string])[] = [
		['/wrong-secret', 'livekit-token.wrong-secret'],
		['/expired', 'livekit-token.expired']
	];
	test.for(refused)("validate's own words: %s", async ([tokens, means]) => {
		const seen = await look(tokens);
		expect(seen.room).toMatchObject({ value: { validate: [{ status: 401 }], said: { code: 401, means } } });
		expect(seen.room).not.toHaveProperty('value.join');
	});

	test('a token for a live room, or for a live identity, is never joined with', async () => {
		const room = named('alice');
		const own = { room_name: room, participant_identity: '{identity}' };
		const wrongRoom = await look('', { token: token(`${livekit.httpUrl}/livekit/token`, { body: own }) });
		expect(wrongRoom.room).toMatchObject({ value: { notJoined: 'live-room' } });
		expect(wrongRoom.signalling).toMatchObject({ value: { targets: [], notTried: 'no-token' } });
		const fixed = { room_name: '{room}', participant_identity: 'alice' };
		const wrongIdentity = await look('', {
			token: token(`${livekit.httpUrl}/livekit/token`, { body: fixed })
		});
		expect(wrongIdentity.room).toMatchObject({ value: { notJoined: 'live-identity' } });
		for (const seen of [wrongRoom, wrongIdentity]) {
			expect(seen.room).not.toHaveProperty('value.join');
			expect(seen.room).toMatchObject({ value: { validate: [{ status: 200 }] } });
		}
	});

	test('an agent that comes by itself is not woken where its invitation cannot be turned away', async () => {
		const plain = { room_name: '{room}', participant_identity: '{identity}' };
		const agent = { expected: true, joinWithinSeconds: 20 };
		const seen = await look('', { agent, token: token(`${livekit.httpUrl}/livekit/token`, { body: plain }) });
		expect(seen.room).toHaveProperty('value.notJoined');
		const turned = await look('', { agent });
		expect(turned.room).toMatchObject({ value: { join: { outcome: 'joined' } } });
	});

	test('whose address is missing, given by the endpoint, or where nobody is', async () => {
		const { serverUrl: _none, ...none } = settings('/no-server-url');
		const missing = await gathered(livekitGatherers(none, gathererDeps()), 'agent');
		expect(missing.setup).toMatchObject({
			value: { addresses: [{}, { role: 'server', source: 'none', written: '' }] }
		});
		expect(missing.signalling).toMatchObject({ value: { notTried: 'no-address' } });
		const dead = await look('/dead-url');
		expect(dead.setup).toMatchObject({
			value: {
				addresses: [
					{ role: 'token' },
					{ role: 'server', source: 'endpoint', written: 'ws://127.0.0.1:9', used: true },
					{ role: 'server', source: 'config', used: false }
				]
			}
		});
		expect(dead.signalling).toMatchObject({
			value: { targets: [{ noCors: { outcome: 'rejected' }, socket: { url: 'ws://127.0.0.1:9/rtc' } }] }
		});
		expect(dead.room).toMatchObject({ value: { validate: [{ outcome: 'rejected' }], notJoined: 'refused' } });
	});

	test('is not touched in a call', async () => {
		const seen = await look('', {}, { inCall: () => true });
		expect(seen.signalling).toMatchObject({ value: { notTried: 'in-a-call' } });
		expect(seen.room).toMatchObject({ value: { notJoined: 'in-a-call' } });
		expect(seen.lineIce).toMatchObject({ value: { notTried: 'in-a-call' } });
	});
});

test('nobody is asked for a line that is switched off', async () => {
	const url = `${httpUrl}/token/good`;
	const base = { id: 'off', label: 'Off', token: token(url) };
	const edges = { edges: ['roaming'], gateway, incoming: true, expect: {} };
	const desk: TwilioSettings = { ...base, ...edges, dial: { numberParam: 'To', callerIds: [], params: {} } };
	const agent: LivekitSettings = { ...base, room: 'lobby', agent: {} };
	const deps = gathererDeps({ switchedOff: true });
	for (const gatherers of [twilioGatherers(desk, deps), livekitGatherers(agent, deps)]) {
		const seen = await gathered(gatherers, 'off');
		expect(Object.keys(seen).sort()).toEqual(['calls', 'setup', 'state']);
		expect(seen.setup).toMatchObject({ value: { switchedOff: true } });
	}
});

test('the practice line has nothing that could fail', async () => {
	const gatherers = practiceGatherers({ id: 'p', label: 'P' }, gathererDeps({ snapshot: () => READY }));
	const seen = await gathered(gatherers, 'p');
	expect(Object.keys(seen).sort()).toEqual(['calls', 'setup', 'state']);
	expect(seen.setup).toMatchObject({ value: { kind: 'practice', accepted: true } });
});
