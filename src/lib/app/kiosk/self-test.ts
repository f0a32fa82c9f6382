import type { KeptValue } from '#lib/browser/kept-value.ts';
import { isMoment } from '#lib/core/moment.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, until, type Watched } from '#lib/core/watched.ts';
import type { Checkup } from '#lib/state/checkup-port.ts';
import type { KioskLamp } from '#lib/state/kiosk-port.ts';

type Test = NonNullable<KioskLamp['test']>;

export interface SelfTestDeps {
	checkup(): Promise<Pick<Checkup, 'run'>>;
	readonly phone: Pick<Phone, 'calls'>;
	readonly kept: KeptValue;
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
}

/** A run has limits of its own; this is beyond all of them. */
const GIVE_UP_MS = 180_000;
const VERDICTS: readonly unknown[] = ['healthy', 'degraded', 'blocked', 'unknown'];

/** The checkup without anybody who asks for it. What it said last is known after a reload too. */
export class SelfTest {
	readonly #deps: SelfTestDeps;
	readonly #last: Cell<Test | undefined>;
	#running: Promise<void> | undefined;

	constructor(deps: SelfTestDeps) {
		this.#deps = deps;
		this.#last = new Cell(testOf(deps.kept.read()));
	}

	get last(): Watched<Test | undefined> {
		return this.#last;
	}

	/** From when one is asked for, also while it waits for the end of the calls. */
	get isRunning(): boolean {
		return this.#running !== undefined;
	}

	/** One at a time, and after the calls of this page. Never rejects. */
	run(): Promise<void> {
		this.#running ??= this.#run().finally(() => (this.#running = undefined));
		return this.#running;
	}

	async #run(): Promise<void> {
		const { checkup, phone, kept, clock, log, scope } = this.#deps;
		const giveUp = new AbortController();
		let cancel = () => {};
		try {
			await until(phone.calls, (calls) => calls.length === 0, scope.signal);
			cancel = clock.after(GIVE_UP_MS, () => giveUp.abort());
			const signal = AbortSignal.any([scope.signal, giveUp.signal]);
			const { verdict, stopped } = await (await checkup()).run({}, signal, () => {});
			if (scope.ended) return;
			const test: Test = { at: clock.now(), verdict: stopped ? 'unknown' : verdict };
			log('info', 'self-test', { verdict: test.verdict });
			this.#last.set(test);
			kept.write(test);
		} catch (error) {
			if (!scope.ended) log('warn', 'no self-test', { error });
		} finally {
			cancel();
		}
	}
}

function testOf(stored: unknown): Test | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { at, verdict } = stored as { readonly at?: unknown; readonly verdict?: unknown };
	return isMoment(at) && VERDICTS.includes(verdict) ? { at, verdict: verdict as Test['verdict'] } : undefined;
}
