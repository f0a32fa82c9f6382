// First: it counts what is opened.
import { liveNow } from './live.ts';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { gatherersFor, runCheckup } from '#lib/diagnostics/checkup.ts';
import type { CheckupRun, RunEvent } from '#lib/diagnostics/types.ts';
import { gatherersOf, HEALTHY, state, type SetUp } from './checkup-bench.ts';
import { clock, phones, talk } from './twilio-bench.ts';
import { PATIENCE, ready } from './bench.ts';

const { httpUrl: exchange } = inject('exchange');
const { silent } = inject('servers');
const phone = phones(liveNow);

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
		expect(seen.durationMs).toBeLessThan(20_000);
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
