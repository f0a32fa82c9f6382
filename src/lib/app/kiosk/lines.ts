import type { Line } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import { countingLines } from './lamp.ts';

export interface KioskLinesDeps {
	readonly phone: Pick<Phone, 'lines'>;
	readonly clock: Clock;
	readonly log: Log;
	/** Whether the network is there at all. Never rejects. */
	isReachable(): Promise<boolean>;
}

const STALE_MS = 180_000;
const AT_MOST_EVERY_MS = 300_000;

/** Opens lines anew that should be ready and have not been for minutes, though the network is there. */
export class KioskLines {
	readonly #deps: KioskLinesDeps;
	readonly #downSince = new WeakMap<Line, number>();
	readonly #reopenedAt = new WeakMap<Line, number>();
	#isLooking = false;

	constructor(deps: KioskLinesDeps) {
		this.#deps = deps;
	}

	/** To be called now and then. Never rejects. */
	async look(): Promise<void> {
		const { phone, clock, log, isReachable } = this.#deps;
		const stale = countingLines(phone.lines.value).filter((line) => this.#isStale(line));
		if (stale.length === 0 || this.#isLooking) return;
		this.#isLooking = true;
		try {
			if (!(await isReachable())) return;
			for (const line of stale) {
				const { phase } = line.state.value;
				if (phase === 'ready' || phase === 'off' || line.calls.value.length > 0) continue;
				this.#reopenedAt.set(line, clock.monotonic());
				log('warn', 'a line is opened anew', { line: line.id, phase });
				line.reopen().catch((error: unknown) => log('warn', 'line did not reopen', { line: line.id, error }));
			}
		} finally {
			this.#isLooking = false;
		}
	}

	#isStale(line: Line): boolean {
		const now = this.#deps.clock.monotonic();
		const { phase } = line.state.value;
		if (phase === 'ready' || phase === 'off') {
			this.#downSince.delete(line);
			return false;
		}
		const since = this.#downSince.get(line) ?? now;
		this.#downSince.set(line, since);
		const reopenedAt = this.#reopenedAt.get(line) ?? -Infinity;
		return now - since >= STALE_MS && now - reopenedAt >= AT_MOST_EVERY_MS && line.calls.value.length === 0;
	}
}
