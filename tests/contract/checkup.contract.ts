// First: it counts what is opened.
import { liveNow } from './live.ts';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { NO_CONFIG } from '#lib/config/config.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import { Cell } from '#lib/core/watched.ts';
import { Scope } from '#lib/core/scope.ts';
import { PageWitness } from '#lib/browser/page-witness.ts';
import { gatherersFor, runCheckup } from '#lib/diagnostics/checkup.ts';
import type { AnyGatherer } from '#lib/diagnostics/gather.ts';
import { pageGatherers, probeGatherers, TokenShelf } from '#lib/diagnostics/gatherers/index.ts';
import type { CheckupRun, LineSnapshot, RunEvent } from '#lib/diagnostics/types.ts';
import { livekit as livekitModule } from '#lib/lines/livekit/meta.ts';
import { practice } from '#lib/lines/practice/meta.ts';
import { twilio } from '#lib/lines/twilio/meta.ts';
import type { GathererDeps } from '#lib/lines/module.ts';
import { livekit } from './livekit-bench.ts';
import { clock, phones, talk } from './twilio-bench.ts';
import { PATIENCE, ready } from './bench.ts';

const { gateway, httpUrl: exchange } = inject('exchange');
const { httpUrl, silent } = inject('servers');
const phone = phones(liveNow);
const scope = new Scope();
const audio = new AudioContext();
const witness = new PageWitness({ clock, document, window, scope });

/** What the whole phone is set up with; by default everything works. */
interface SetUp {
	readonly gateway: string;
	readonly twilioToken: string;
	readonly livekitUrl: string;
	readonly livekitToken: string;
	readonly probe: string;
	readonly inCall: boolean;
	readonly desk: LineSnapshot;
}

const state = (more: Partial<LineSnapshot> = {}): LineSnapshot => ({
	phase: 'ready',
	receiving: true,
	wasReady: true,
	readySince: clock.now() - 60_000,
	since: clock.now() - 60_000,
	attempts: 0,
	interruptions: [],
	...more
});

const HEALTHY: SetUp = {
	gateway,
	twilioToken: `${exchange}/token/good`,
	livekitUrl: livekit.url,
	livekitToken: `${livekit.httpUrl}/livekit/token`,
	probe: `${httpUrl.replace('http', 'ws')}/hello`,
	inCall: false,
	desk: state()
};

const token = (url: string): TokenSettings => ({
	url,
	method: 'POST',
	auth: 'none',
	headers: {},
	style: 'snake',
	response: {}
});

async function gatherersOf(setUp: SetUp): Promise<readonly AnyGatherer[]> {
	const shelf = new TokenShelf(['desk']);
	const deps = (id: string, snapshot: LineSnapshot): GathererDeps => ({
		clock,
		base: location.href,
		bearer: () => undefined,
		snapshot: () => snapshot,
		calls: () => [],
		inCall: () => setUp.inCall,
		ownsPhone: true,
		switchedOff: false,
		dialsOut: true,
		problems: [],
		sockets: witness,
		shareToken: (secret) => shelf.put(id, secret),
		audio: () => audio,
		random: (count) => crypto.getRandomValues(new Uint8Array(count)),
		version: '0.0.0'
	});
	const lines = await Promise.all([
		twilio.gatherers(
			{
				id: 'desk',
				label: 'Desk',
				token: token(setUp.twilioToken),
				identity: 'alice_checkup',
				edges: ['roaming'],
				gateway: setUp.gateway,
				incoming: true,
				expect: {},
				dial: { numberParam: 'To', callerIds: [], params: {} }
			},
			deps('desk', setUp.desk)
		),
		livekitModule.gatherers(
			{
				id: 'agent',
				label: 'Agent',
				serverUrl: setUp.livekitUrl,
				token: token(setUp.livekitToken),
				identity: 'alice',
				room: 'call-{random}',
				agent: { name: 'support', expected: true, joinWithinSeconds: 20 }
			},
			deps('agent', state({ receiving: false }))
		),
		practice.gatherers({ id: 'practice', label: 'Practice' }, deps('practice', state()))
	]);
	const probe = {
		id: 'voice',
		url: setUp.probe,
		query: { token: '{token:desk}' },
		alternatives: [],
		expect: { message: 'connected', withinSeconds: 5 }
	};
	const page = pageGatherers({
		clock,
		base: new URL('/', location.href).href,
		witness,
		config: () => NO_CONFIG,
		lines: () => ({ open: ['desk', 'agent', 'practice'], setAside: [] }),
		build: { version: '1.0.0', commit: '' },
		phone: () => ({ ownership: 'here', otherTabs: 0, liveCalls: Number(setUp.inCall) }),
		devices: { microphone: new Cell(''), speaker: new Cell(''), ringer: new Cell('') },
		chosen: () => ({ microphone: '', speaker: '', ringer: '' }),
		ringVolume: new Cell(0.8),
		audio: () => audio,
		silence: '/sounds/silence.wav',
		versionFile: `${httpUrl}/version`,
		mayAsk: false
	});
	const further = probeGatherers(probe, {
		clock,
		base: location.href,
		bearer: () => undefined,
		tokenOf: (id) => shelf.tokenOf(id),
		sockets: witness
	});
	return [...page, ...lines.flat(), ...further];
}

async function run(
	change: Partial<SetUp> = {},
	{ signal = new AbortController().signal, tell = (_event: RunEvent) => {} } = {}
): Promise<CheckupRun> {
	const gatherers = await gatherersOf({ ...HEALTHY, ...change });
	const seen = await runCheckup({ gatherers, clock, signal }, tell);
	expect(JSON.parse(JSON.stringify(seen))).toEqual(seen);
	expect(JSON.stringify(seen)).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/);
	return seen;
}

const causes = ({ findings }: CheckupRun) => findings.map(({ cause, line, probe }) => [cause, line ?? probe]);

beforeAll(() => userEvent.click(document.body));

describe('a whole checkup', { timeout: 4 * PATIENCE }, () => {
	test('of a phone that works finds nothing, quickly, and tells as it goes', async () => {
		const events: RunEvent[] = [];
		const seen = await run({}, { tell: (event) => events.push(event) });
		expect(causes(seen)).toEqual([]);
		expect(seen.verdict).toBe('healthy');
		expect(seen.stopped).toBe(false);
		expect(seen.durationMs).toBeLessThan(10_000);
		const gathered = events.filter(({ type }) => type === 'gathered');
		expect(events.at(0)).toMatchObject({ type: 'started', gatherers: gathered.length });
		expect(events.at(-1)).toMatchObject({ type: 'ended' });
		const unsure = seen.results.filter(({ verdict }) => verdict.outcome === 'unsure');
		expect(unsure.map(({ check, line }) => [check, line])).toEqual([['build', null]]);
	});

	test('of a phone where nothing works ends in time', async () => {
		const dead = 'localhost:9';
		const seen = await run({
			gateway: silent,
			twilioToken: `${exchange}/token/good`,
			livekitUrl: `ws://${dead}`,
			livekitToken: `http://${silent}/token`,
			probe: `ws://${silent}/`,
			desk: state({ phase: 'failed', receiving: false })
		});
		expect(seen.stopped).toBe(false);
		// One probe after the other that nobody answers: a token server, then a gateway with its follow-ups.
		expect(seen.durationMs).toBeLessThan(30_000);
		expect(seen.verdict).toBe('blocked');
		expect(causes(seen)).toContainEqual(['token-endpoint.no-answer', 'agent']);
	});

	test('one of its checks again: with what it builds on, and the rest as it was', async () => {
		const before = await run({ twilioToken: `${exchange}/token/500` });
		expect(causes(before)).toEqual([['token-endpoint.server-error', 'desk']]);
		const all = await gatherersOf(HEALTHY);
		const gatherers = gatherersFor(all, { scope: 'line', id: 'desk' }, [
			'token',
			'signalling',
			'registration'
		]);
		const seen = await runCheckup({
			gatherers,
			clock,
			signal: new AbortController().signal,
			keep: before.evidence
		});
		expect(causes(seen)).toEqual([]);
		expect(seen.evidence.page).toEqual(before.evidence.page);
	});

	test('ends when it is stopped, and leaves nothing open', async () => {
		const controller = new AbortController();
		const tell = (event: RunEvent) => {
			if (event.type === 'gathered' && event.topic === 'token') controller.abort();
		};
		const seen = await run({ gateway: silent }, { signal: controller.signal, tell });
		expect(seen.stopped).toBe(true);
		expect(seen.evidence.lines['desk']?.registration).toMatchObject({ ok: false, why: 'stopped' });
	});

	test('does nothing to a call', async () => {
		const handset = phone();
		await ready(handset.line);
		const call = await talk(handset);
		const phases: string[] = [];
		call.state.watch(({ phase }) => phases.push(phase));
		const seen = await run({ inCall: true });
		expect(phases).toEqual([]);
		expect(call.state.value.phase).toBe('talking');
		expect(causes(seen)).toEqual([]);
		expect(await handset.phone()).toMatchObject({ registered: true, sockets: 1, registers: 1 });
		await call.hangUp();
	});
});
