import type { Reachability, ReachSpan } from './reach.ts';

interface Entry {
	readonly span: ReachSpan;
	/**
	 * Wall ms. Since then the line is reachable by its own word alone: the page has slept or was offline, and the far side
	 * has not confirmed anything since.
	 */
	readonly doubtedAt?: number;
}

interface Away {
	readonly span: ReachSpan;
	readonly longestMs: number;
}

/** No note for so long, ms: the machine slept, or the page was stopped. */
const GAP_MS = 20_000;
/** Chromium runs the timers of a page that has been hidden for 5 minutes once a minute. */
const HIDDEN_GAP_MS = 80_000;
/**
 * A line that has slept registers anew within a second. Where a call keeps it from that, its socket has lived through two
 * beats after this time (the SDK gives a socket up after 15 s without one).
 */
const DOUBT_MS = 30_000;

/**
 * What a page knows of the reachability of its lines, span by span. Only what it was awake for counts: the time between two
 * notes that are too far apart was slept, whatever a line said before and says after. Every method returns the spans that
 * are to be stored; one with the same line and beginning replaces an earlier one.
 */
export class ReachBook {
	readonly #entries = new Map<string, Entry>();
	readonly #away = new Map<string, Away>();
	#last: number;
	#isStopped = false;
	#wasHidden = false;

	/** @param now wall time, ms; so for all others */
	constructor(now: number) {
		this.#last = now;
	}

	/** The open spans, as of the last note. */
	get open(): readonly ReachSpan[] {
		return [...this.#entries.values()].map(({ span }) => span);
	}

	/** The page stops now and knows it: until the next note it is asleep. */
	stop(now: number): readonly ReachSpan[] {
		this.note(now, this.#present(), this.#wasHidden);
		this.#isStopped = true;
		return this.open;
	}

	get isStopped(): boolean {
		return this.#isStopped;
	}

	/** How every open line is now. A line that is missing is closed, and its span with it. */
	note(now: number, lines: ReadonlyMap<string, Reachability>, hidden: boolean): readonly ReachSpan[] {
		const written: ReachSpan[] = [];
		const allowed = this.#wasHidden ? HIDDEN_GAP_MS : GAP_MS;
		if (this.#isStopped || now - this.#last > allowed || now < this.#last) written.push(...this.#sleep(now));
		for (const id of [...this.#entries.keys()]) if (!lines.has(id)) written.push(...this.#close(id, now));
		for (const [id, said] of lines) written.push(...this.#say(id, said, now));
		this.#isStopped = false;
		this.#last = now;
		this.#wasHidden = hidden;
		return written;
	}

	/** The far side has shown that it knows the line here: it has confirmed the registration, or a call came in. */
	prove(line: string, now: number): void {
		const entry = this.#entries.get(line);
		if (!entry) return;
		const { span } = entry;
		this.#entries.set(line, { span: span.reach === 'reachable' ? { ...span, provenAt: now } : span });
	}

	/** The line is reachable again: since when it was not, under the name of the longest part. Once. */
	backFrom(line: string): ReachSpan | undefined {
		const away = this.#away.get(line);
		if (!away || this.#entries.get(line)?.span.reach !== 'reachable') return undefined;
		this.#away.delete(line);
		return away.span;
	}

	/** Where a span was last seen it ends; the sleep comes behind it. */
	#sleep(now: number): readonly ReachSpan[] {
		const written: ReachSpan[] = [];
		for (const [line, { span }] of this.#entries) {
			written.push(span);
			if (now <= span.to) continue;
			const sleep: ReachSpan = { line, from: span.to, to: now, reach: 'asleep' };
			written.push(sleep);
			this.#entries.set(line, { span: sleep, doubtedAt: now });
			this.#follow(span, sleep);
		}
		return written;
	}

	#say(line: string, said: Reachability, now: number): readonly ReachSpan[] {
		const before = this.#entries.get(line);
		const doubtedAt = said === 'offline' ? now : before?.doubtedAt;
		const isDoubted = doubtedAt !== undefined && now - doubtedAt < DOUBT_MS;
		const doubt = isDoubted ? { doubtedAt } : {};
		const reach = said === 'reachable' && isDoubted ? 'down' : said;
		if (before?.span.reach === reach) {
			const span = { ...before.span, to: now };
			this.#entries.set(line, { span, ...doubt });
			return [];
		}
		// A call may have kept it from registering anew, so that nobody has confirmed it.
		const proof = reach === 'reachable' && doubtedAt === undefined ? { provenAt: now } : {};
		const span: ReachSpan = { line, from: now, to: now, reach, ...proof };
		const written = [...this.#close(line, now), span];
		this.#entries.set(line, { span, ...doubt });
		if (before) this.#follow(before.span, span);
		return written;
	}

	#close(line: string, now: number): readonly ReachSpan[] {
		const entry = this.#entries.get(line);
		this.#entries.delete(line);
		if (!entry) return [];
		const { span } = entry;
		return [span.reach === 'asleep' ? span : { ...span, to: Math.max(span.to, now) }];
	}

	#follow(before: ReachSpan, next: ReachSpan): void {
		const { line } = next;
		const isLeaving = before.reach === 'reachable' && next.reach !== 'reachable';
		if (isLeaving) this.#away.set(line, { span: { ...next, to: next.from }, longestMs: 0 });
		const away = this.#away.get(line);
		// A sleep is over when it is noted; every other part when the next one begins.
		const part = next.reach === 'asleep' ? next : isLeaving ? undefined : { ...before, to: next.from };
		if (!away || !part) return;
		const ms = part.to - part.from;
		const { reach } = ms > away.longestMs ? part : away.span;
		this.#away.set(line, {
			span: { ...away.span, to: part.to, reach },
			longestMs: Math.max(ms, away.longestMs)
		});
	}

	#present(): ReadonlyMap<string, Reachability> {
		return new Map([...this.#entries].map(([line, { span }]) => [line, span.reach]));
	}
}
