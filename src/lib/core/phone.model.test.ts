import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isHot } from './audio-focus.ts';
import type { CallEvent } from './call-state.ts';
import { LineError } from './errors.ts';
import { FakeHistory, FakeLine, FakeClock, type FakeCall } from './testing.ts';
import { Phone } from './phone.ts';

const RUNS = 10_000;

type Step =
	| { readonly do: 'dial'; readonly line: number }
	| { readonly do: 'ring'; readonly line: number }
	| { readonly do: 'answer' | 'resume' | 'hold' | 'hang-up'; readonly call: number }
	| { readonly do: 'event'; readonly call: number; readonly event: CallEvent['type']; readonly at: number }
	/** An answer comes and media flows; an incoming call must have been answered here. */
	| { readonly do: 'connect'; readonly call: number }
	/** The next command of a call, or the next dial, fails or waits for the step `open`. */
	| { readonly do: 'break-call'; readonly call: number; readonly how: 'fail' | 'wait' }
	| { readonly do: 'break-line'; readonly line: number; readonly how: 'fail' | 'wait' }
	| { readonly do: 'open' }
	| { readonly do: 'pass'; readonly ms: number }
	| { readonly do: 'settle' };

const line = fc.nat({ max: 2 });
const call = fc.nat({ max: 5 });
const how = fc.constantFrom('fail' as const, 'wait' as const);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('dial' as const), line }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('ring' as const), line }) },
	{
		weight: 8,
		arbitrary: fc.record({ do: fc.constantFrom('answer' as const, 'resume', 'hold', 'hang-up'), call })
	},
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('event' as const),
			call,
			event: fc.constantFrom<CallEvent['type']>(
				'rang',
				'answered',
				'media-connected',
				'interrupted',
				'recovered',
				'ended'
			),
			at: fc.integer({ min: -100_000, max: 100_000 })
		})
	},
	{ weight: 8, arbitrary: fc.record({ do: fc.constant('connect' as const), call: fc.nat({ max: 1 }) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('break-call' as const), call, how }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('break-line' as const), line, how }) },
	{ weight: 1, arbitrary: fc.constant<Step>({ do: 'open' }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('pass' as const),
			ms: fc.constantFrom(300, 5_000, 30_000, 60_000)
		})
	},
	{ weight: 24, arbitrary: fc.constant<Step>({ do: 'settle' }) }
);

/** A phone with three lines, one of them without hold, driven by steps and looked at after each change. */
class Model {
	readonly clock = new FakeClock();
	readonly history = new FakeHistory();
	readonly lines = [
		new FakeLine('a', this.clock),
		new FakeLine('b', this.clock),
		new FakeLine('c', this.clock, { hold: false })
	] as const;
	readonly phone: Phone;
	readonly calls: FakeCall[] = [];
	#doors: (() => void)[] = [];
	/** A command has succeeded that was given up before: what it does then cannot always be undone. */
	#strayed = false;
	/** Commands that have not settled. */
	pending = 0;
	readonly broken: unknown[] = [];

	constructor() {
		let ids = 0;
		this.phone = new Phone({
			clock: this.clock,
			history: this.history,
			log: () => {},
			newId: () => String(++ids)
		});
		for (const line of this.lines) {
			this.phone.add(line);
			line.calls.watch((calls) => {
				for (const call of calls) if (!this.calls.includes(call)) this.#watch(call);
			});
		}
	}

	async take(step: Step): Promise<void> {
		switch (step.do) {
			case 'dial':
				return this.#command(this.phone.dial(this.#line(step.line).id, { kind: 'client', value: 'x' }));
			case 'ring':
				return void this.#line(step.line).rings();
			case 'answer':
				return this.#onCall(step.call, (call) => this.#command(this.phone.answer(call)));
			case 'resume':
				return this.#onCall(step.call, (call) => this.#command(this.phone.resume(call)));
			case 'hold':
				return this.#onCall(step.call, (call) => this.#command(this.phone.hold(call)));
			case 'hang-up':
				return this.#onCall(step.call, (call) => this.#command(this.phone.hangUp(call)));
			case 'event':
				return this.#onCall(step.call, (call) => this.#happen(call, step.event, step.at));
			case 'connect':
				return this.#onCall(step.call, (call) => {
					this.#happen(call, 'answered', this.clock.monotonic());
					this.#happen(call, 'media-connected', this.clock.monotonic());
				});
			case 'break-call':
				return this.#onCall(step.call, (call) => this.#break(call, step.how));
			case 'break-line':
				return this.#break(this.#line(step.line), step.how);
			case 'open':
				return this.open();
			case 'pass':
				return this.clock.pass(step.ms);
			case 'settle':
				return microtasks();
		}
	}

	open(): void {
		if (this.#doors.length > 0) this.#strayed = true;
		for (const door of this.#doors.splice(0)) door();
	}

	/** What must hold whenever the phone has come to rest. */
	check(): void {
		const alive = this.calls.filter(({ phase }) => phase !== 'ended');
		expect(this.phone.calls.value).toEqual(alive);
		const focus = this.phone.focus.value;
		const hot = alive.filter((call) => isHot(call));
		if (!this.#strayed) {
			expect(hot.length).toBeLessThanOrEqual(1);
			if (hot[0]) expect(focus).toBe(hot[0]);
		}
		if (focus) expect(alive).toContain(focus);
		expect(this.history.begun.length).toBeGreaterThanOrEqual(this.calls.length);
	}

	#line(at: number): FakeLine {
		return this.lines[at] ?? this.lines[0];
	}

	#onCall(at: number, act: (call: FakeCall) => void): void {
		// The newest are the ones that something happens to.
		const call = this.calls.at(-1 - at);
		if (call) act(call);
	}

	#command(command: Promise<unknown>): void {
		this.pending++;
		const settled = (error?: unknown) => {
			this.pending--;
			const fits = error === undefined || (error instanceof LineError && error.fault !== 'app.unexpected');
			if (!fits) this.broken.push(error);
		};
		command.then(() => settled(), settled);
	}

	/** An incoming call is answered by the phone, not by the network. */
	#happen(call: FakeCall, type: CallEvent['type'], at: number): void {
		if (type === 'answered' && call.direction === 'in') return;
		if (type === 'ended') call.happens({ type, at, reason: 'remote-hung-up' });
		else if (type === 'interrupted') call.happens({ type, at, because: 'media.lost' });
		else if (type === 'answered' || type === 'media-connected') call.happens({ type, at });
		else if (type !== 'held') call.happens({ type });
	}

	#break(thing: FakeCall | FakeLine, how: 'fail' | 'wait'): void {
		thing.gate = () => {
			thing.gate = () => Promise.resolve();
			if (how === 'fail') return Promise.reject(new LineError('call.refused'));
			return new Promise((resolve) => this.#doors.push(resolve));
		};
	}

	#watch(call: FakeCall): void {
		this.calls.push(call);
		let ended = false;
		call.state.watch(({ phase }) => {
			if (ended) throw new Error('something after the end');
			ended = phase === 'ended';
		});
	}
}

/** Enough turns for any chain of promises here; a timer would make ten thousand runs slow. */
async function microtasks(): Promise<void> {
	for (let turn = 0; turn < 40; turn++) await Promise.resolve();
}

it('keeps its promises in any order of commands and events', async () => {
	let talks = 0;
	let holds = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
			const model = new Model();
			for (const step of steps) {
				await model.take(step);
				if (step.do === 'settle') model.check();
				if (model.calls.some((call) => isHot(call))) talks++;
				if (model.calls.filter(({ held }) => held).length > 0) holds++;
			}
			model.open();
			await model.clock.pass(120_000);
			model.open();
			await model.clock.pass(120_000);
			model.check();
			expect(model.pending).toBe(0);
			expect(model.broken).toEqual([]);
			for (const line of model.lines) await line.close();
			const closed = model.phone.close();
			await model.clock.pass(120_000);
			await closed;
			await microtasks();
			const begun = model.history.begun.map(({ id }) => id).sort();
			const finished = model.history.finished.map(({ id }) => id).sort();
			expect(finished).toEqual(begun);
			for (const { talkedMs } of model.history.finished) expect(talkedMs).toBeGreaterThanOrEqual(0);
			expect(model.history.finished.some(({ outcome }) => outcome === 'interrupted')).toBe(false);
			expect(model.clock.waiting).toBe(0);
		}),
		{ numRuns: RUNS }
	);
	// Else the steps would prove little.
	expect(talks).toBeGreaterThan(RUNS);
	expect(holds).toBeGreaterThan(RUNS / 4);
}, 120_000);
