import { describe, expect, it } from 'vitest';
import { gatherersFor, runCheckup } from '#lib/diagnostics/checkup.ts';
import { gather, NO_EVIDENCE, type AnyGatherer } from '#lib/diagnostics/gather.ts';
import { THRESHOLDS } from '#lib/diagnostics/thresholds.ts';
import type { Evidence, Judgement, RunEvent, Subject, Topic } from '#lib/diagnostics/types.ts';
import { HandClock } from '../support/hand-clock.ts';

const PAGE: Subject = { scope: 'page' };
const DESK: Subject = { scope: 'line', id: 'desk' };
const ROOM: Subject = { scope: 'line', id: 'room' };

/** A gatherer that is told when to settle. Its value is of no topic's shape: the runner does not look into it. */
class Told {
	readonly gatherer: AnyGatherer;
	signal: AbortSignal | undefined;
	soFar: Evidence | undefined;
	#settle = { resolve: (_value: unknown) => {}, reject: (_error: unknown) => {} };

	constructor(subject: Subject, topic: Topic, more: { after?: readonly Topic[]; timeoutMs?: number } = {}) {
		this.gatherer = {
			subject,
			topic,
			timeoutMs: 20_000,
			...more,
			gather: (signal: AbortSignal, soFar: Evidence) => {
				this.signal = signal;
				this.soFar = soFar;
				return new Promise<never>((resolve, reject) => {
					this.#settle = { resolve: resolve as (value: unknown) => void, reject };
				});
			}
		};
	}

	get started(): boolean {
		return this.signal !== undefined;
	}

	async say(value: unknown): Promise<void> {
		this.#settle.resolve(value);
		await settled();
	}

	async fail(error: unknown): Promise<void> {
		this.#settle.reject(error);
		await settled();
	}
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

function start(told: readonly Told[], options: { keep?: Evidence; limitMs?: number } = {}) {
	const clock = new HandClock();
	const controller = new AbortController();
	const { keep, limitMs } = options;
	const gathering = gather({
		gatherers: told.map(({ gatherer }) => gatherer),
		clock,
		signal: controller.signal,
		...(keep ? { known: keep } : {}),
		...(limitMs ? { limitMs } : {})
	});
	return { clock, gathering, stop: () => controller.abort() };
}

describe('gather', () => {
	it('runs side by side what builds on nothing, and the rest when that has settled, well or not', async () => {
		const token = new Told(DESK, 'token');
		const storage = new Told(PAGE, 'storage');
		const signalling = new Told(DESK, 'signalling', { after: ['token'] });
		const other = new Told(ROOM, 'signalling', { after: ['token'] });
		const policy = new Told(PAGE, 'policy', { after: ['signalling'] });
		const { gathering } = start([token, storage, signalling, other, policy]);
		const begun = () => [token, storage, signalling, other, policy].map(({ started }) => started);
		expect(begun()).toEqual([true, true, false, true, false]);
		await other.say('fine');
		await token.fail(new TypeError('no'));
		expect(begun()).toEqual([true, true, true, true, false]);
		expect(signalling.soFar?.lines['desk']?.token).toMatchObject({ ok: false, why: 'crashed' });
		await signalling.say('fine');
		expect(policy.started).toBe(true);
		await policy.say('fine');
		await storage.say('fine');
		const { evidence, stopped } = await gathering;
		expect(stopped).toBe(false);
		expect(Object.keys(evidence.page)).toEqual(['policy', 'storage']);
		expect(Object.keys(evidence.lines)).toEqual(['room', 'desk']);
	});

	it('a crash and a time-out cost their own topics only', async () => {
		const crash = new Told(PAGE, 'ice');
		const hang = new Told(PAGE, 'storage', { timeoutMs: 3_000 });
		const fine = new Told(PAGE, 'phone');
		const { clock, gathering } = start([crash, hang, fine]);
		await crash.fail(new Error('Authorization: Bearer abcdefghijklmnop'));
		await fine.say('fine');
		clock.pass(3_000);
		await settled();
		const { evidence, stopped } = await gathering;
		expect(stopped).toBe(false);
		expect(evidence.page.ice).toMatchObject({ ok: false, why: 'crashed' });
		expect(JSON.stringify(evidence.page.ice)).not.toContain('abcdefghijklmnop');
		expect(evidence.page.storage).toEqual({ ok: false, why: 'timeout', detail: '3000 ms', ms: 3_000 });
		expect(evidence.page.phone).toMatchObject({ ok: true, value: 'fine' });
		expect(hang.signal?.aborted).toBe(true);
		await hang.say('too late');
		expect(clock.pending).toBe(0);
	});

	it('one that throws instead of rejecting, and one that may not, are named', async () => {
		const refusal = (name: string) =>
			({
				subject: PAGE,
				topic: name === 'NotAllowedError' ? 'storage' : 'ice',
				timeoutMs: 1,
				gather: () => {
					throw new DOMException('', name);
				}
			}) as AnyGatherer;
		const { evidence } = await gather({
			gatherers: [refusal('NotAllowedError'), refusal('NotSupportedError')],
			clock: new HandClock(),
			signal: new AbortController().signal
		});
		expect(evidence.page.storage).toMatchObject({ ok: false, why: 'denied' });
		expect(evidence.page.ice).toMatchObject({ ok: false, why: 'unsupported' });
	});

	it('ends at once when it is stopped, and marks what is missing', async () => {
		const running = new Told(DESK, 'token');
		const waiting = new Told(DESK, 'signalling', { after: ['token'] });
		const { clock, gathering, stop } = start([running, waiting]);
		stop();
		const { evidence, stopped } = await gathering;
		expect(stopped).toBe(true);
		expect(running.signal?.aborted).toBe(true);
		expect(waiting.started).toBe(false);
		const missing = { ok: false, why: 'stopped' };
		expect(evidence.lines['desk']).toMatchObject({ token: missing, signalling: missing });
		expect(clock.pending).toBe(0);
	});

	it('never takes longer than 45 s', async () => {
		const hang = new Told(DESK, 'token', { timeoutMs: 600_000 });
		const { clock, gathering } = start([hang]);
		clock.pass(THRESHOLDS.runMs);
		const { evidence, stopped } = await gathering;
		expect(stopped).toBe(true);
		expect(evidence.lines['desk']?.token).toMatchObject({ ok: false, why: 'stopped' });
	});

	it('goes on where two wait for each other', async () => {
		const one = new Told(DESK, 'token', { after: ['signalling'] });
		const other = new Told(DESK, 'signalling', { after: ['token'] });
		const { gathering } = start([one, other]);
		await one.say(1);
		await other.say(2);
		expect((await gathering).stopped).toBe(false);
	});

	it('does nothing when it was stopped before', async () => {
		const one = new Told(DESK, 'token');
		const controller = new AbortController();
		controller.abort();
		const outcome = await gather({
			gatherers: [one.gatherer],
			clock: new HandClock(),
			signal: controller.signal
		});
		expect(one.started).toBe(false);
		expect(outcome.stopped).toBe(true);
	});
});

/** Judges by counting: one result for every topic that has been gathered. */
function count(evidence: Evidence): Judgement {
	const results = Object.entries(evidence.page).map(([topic, gathered]) => ({
		check: topic,
		line: null,
		probe: null,
		verdict: gathered.ok
			? ({ outcome: 'pass' } as const)
			: ({ outcome: 'unsure', reason: 'stopped' } as const),
		ms: gathered.ms
	}));
	return { verdict: 'unknown', findings: [], results };
}

describe('runCheckup', () => {
	it('tells what it does as it goes, and of each result once', async () => {
		const clock = new HandClock();
		const phone = new Told(PAGE, 'phone');
		const token = new Told(DESK, 'token');
		const events: RunEvent[] = [];
		const gatherers = [phone.gatherer, token.gatherer];
		const signal = new AbortController().signal;
		const running = runCheckup({ gatherers, clock, signal, judge: count, onlyLine: 'desk' }, (event) =>
			events.push(event)
		);
		clock.pass(THRESHOLDS.tokenWaitingMs);
		await phone.say('fine');
		await token.say('fine');
		const run = await running;
		expect(run).toMatchObject({ stopped: false, onlyLine: 'desk', durationMs: THRESHOLDS.tokenWaitingMs });
		expect(events.map(({ type }) => type)).toEqual([
			'started',
			'gathering',
			'gathering',
			'waiting',
			'gathered',
			'gathered',
			'ended'
		]);
		const told = events.flatMap((event) => (event.type === 'gathered' ? event.results : []));
		expect(told.map(({ check }) => check)).toEqual(['phone']);
		expect(JSON.parse(JSON.stringify(run.evidence))).toEqual(run.evidence);
	});

	it('keeps what an earlier run has seen, and tells only of what is new', async () => {
		const known = { ok: true, value: 'before', ms: 1 } as const;
		const keep = { ...NO_EVIDENCE, page: { phone: known, storage: known } } as unknown as Evidence;
		const phone = new Told(PAGE, 'phone');
		const events: RunEvent[] = [];
		const running = runCheckup(
			{
				gatherers: [phone.gatherer],
				clock: new HandClock(),
				signal: new AbortController().signal,
				keep,
				judge: count
			},
			(event) => events.push(event)
		);
		await phone.fail(new Error('x'));
		const { evidence } = await running;
		expect(evidence.page.storage).toEqual(known);
		expect(evidence.page.phone).toMatchObject({ ok: false });
		const told = events.flatMap((event) => (event.type === 'gathered' ? event.results : []));
		expect(told.map(({ check }) => check)).toEqual(['phone']);
	});
});

describe('gatherersFor', () => {
	it('takes the topics of that subject and all that they build on', () => {
		const all = [
			new Told(DESK, 'setup'),
			new Told(DESK, 'token'),
			new Told(DESK, 'signalling', { after: ['token'] }),
			new Told(DESK, 'registration', { after: ['signalling', 'state'] }),
			new Told(DESK, 'state'),
			new Told(ROOM, 'token'),
			new Told(PAGE, 'policy', { after: ['token'] })
		].map(({ gatherer }) => gatherer);
		const topics = (wanted: readonly Topic[]) => gatherersFor(all, DESK, wanted).map(({ topic }) => topic);
		expect(topics(['registration'])).toEqual(['token', 'signalling', 'registration', 'state']);
		expect(topics(['setup'])).toEqual(['setup']);
	});
});
