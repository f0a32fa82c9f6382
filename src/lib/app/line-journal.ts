import type { LineError } from '#lib/core/errors.ts';
import type { LineState } from '#lib/core/line-state.ts';
import type { Line, Token, TokenSource } from '#lib/core/line.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { LineSnapshot, RaisedFault } from '#lib/diagnostics/types.ts';

interface LineJournalDeps {
	readonly lines: Watched<readonly Line[]>;
	readonly clock: Clock;
	readonly scope: Scope;
}

interface Interruption {
	readonly at: number;
	readonly backAfterMs?: number;
	readonly fault: RaisedFault['fault'];
}

interface Entry {
	readonly phase: LineState['phase'];
	readonly receiving?: boolean;
	readonly wasReady: boolean;
	readonly readySince?: number;
	readonly since: number;
	readonly attempts: number;
	readonly because?: RaisedFault;
	readonly lastFailure?: RaisedFault;
	readonly interruptions: readonly Interruption[];
}

const MOST_INTERRUPTIONS = 20;

/** What has happened to each line since the page was opened: what it says of itself is only the present. */
export class LineJournal {
	readonly #clock: Clock;
	readonly #entries = new Map<string, Entry>();
	readonly #tokens = new Map<string, { readonly last: Token; readonly count: number }>();
	readonly #followed = new WeakSet<Line>();

	constructor({ lines, clock, scope }: LineJournalDeps) {
		this.#clock = clock;
		const follow = (all: readonly Line[]) => {
			for (const line of all) {
				if (this.#followed.has(line)) continue;
				this.#followed.add(line);
				this.#note(line.id, line.state.value);
				scope.add(line.state.watch((state) => this.#note(line.id, state)));
			}
		};
		follow(lines.value);
		scope.add(lines.watch(follow));
	}

	/** The line as it is now; undefined for one that was never open. */
	of(id: string): LineSnapshot | undefined {
		const entry = this.#entries.get(id);
		if (!entry) return undefined;
		const token = this.#tokens.get(id);
		return {
			...entry,
			...(token?.last.expiresAt === undefined ? {} : { tokenExpiresAt: token.last.expiresAt }),
			...(token ? { tokenRenewals: token.count - 1 } : {})
		};
	}

	/** Under which name the line's last token lets it be called, where the endpoint has said it. */
	identityOf(id: string): string | undefined {
		return this.#tokens.get(id)?.last.identity;
	}

	/** The same source, whose tokens are noted: when they end and for whom they are, never what they are. */
	follow(id: string, source: TokenSource): TokenSource {
		return {
			token: async (signal) => {
				const token = await source.token(signal);
				const known = this.#tokens.get(id);
				if (known?.last !== token) this.#tokens.set(id, { last: token, count: (known?.count ?? 0) + 1 });
				return token;
			},
			discard: () => source.discard()
		};
	}

	#note(id: string, state: LineState): void {
		const now = this.#clock.now();
		const before = this.#entries.get(id);
		const because = 'because' in state ? raised(state.because, now) : undefined;
		const isSamePhase = before?.phase === state.phase;
		const lastFailure = because ?? before?.lastFailure;
		const readySince =
			state.phase === 'ready' ? ((isSamePhase ? before.readySince : undefined) ?? now) : undefined;
		this.#entries.set(id, {
			phase: state.phase,
			since: isSamePhase ? before.since : now,
			wasReady: state.phase === 'ready' || (before?.wasReady === true && state.phase !== 'off'),
			attempts: state.phase === 'recovering' ? state.attempt : 0,
			interruptions: interruptions(before, state, now),
			...(state.phase === 'ready' ? { receiving: state.receiving } : {}),
			...(readySince === undefined ? {} : { readySince }),
			...(because ? { because } : {}),
			...(lastFailure ? { lastFailure } : {})
		});
	}
}

function interruptions(before: Entry | undefined, state: LineState, now: number): readonly Interruption[] {
	const known = before?.interruptions ?? [];
	const last = known.at(-1);
	if (state.phase === 'recovering' && state.wasReady && before?.phase === 'ready')
		return [...known, { at: now, fault: state.because.fault }].slice(-MOST_INTERRUPTIONS);
	if (state.phase === 'ready' && last && last.backAfterMs === undefined)
		return [...known.slice(0, -1), { ...last, backAfterMs: now - last.at }];
	return known;
}

function raised({ fault, vendorCode, facts }: LineError, at: number): RaisedFault {
	return { fault, facts, at, ...(vendorCode === undefined ? {} : { vendorCode }) };
}
