import type { ConversationEvent } from '#lib/core/conversation.ts';
import type { Clock } from '#lib/core/ports.ts';
import { redact } from '#lib/core/redact.ts';
import { Cell } from '#lib/core/watched.ts';

const MOST_EVENTS = 2_000;
const LONGEST_FACT = 200;

/** What happened in a room, for developers of voice agents. */
export class Journal {
	readonly events = new Cell<readonly ConversationEvent[]>([]);
	readonly #clock: Clock;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Facts that are undefined are left out; texts are redacted and cut. */
	note(what: string, facts: Readonly<Record<string, string | number | boolean | undefined>> = {}): void {
		const kept = Object.entries(facts).flatMap(([name, fact]) => {
			if (fact === undefined) return [];
			return [[name, typeof fact === 'string' ? redact(fact).slice(0, LONGEST_FACT) : fact] as const];
		});
		const event = { at: this.#clock.monotonic(), what, facts: Object.fromEntries(kept) };
		this.events.update((events) => [...events.slice(events.length >= MOST_EVENTS ? 1 : 0), event]);
	}
}
