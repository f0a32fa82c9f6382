import type { CauseCode } from './causes.ts';
import type { LineEvidence, ProbeEvidence } from './evidence-line.ts';
import type { PageEvidence } from './evidence-page.ts';

export type * from './evidence-attempts.ts';
export type * from './evidence-call.ts';
export type * from './evidence-line.ts';
export type * from './evidence-page.ts';
export type { CauseCode } from './causes.ts';

// ── Gathering ────────────────────────────────────────────────────────────────────────────────────────────────────

/** What is judged: the page with its device, one line, or one further WebSocket. */
export type Scope = 'page' | 'line' | 'probe';
export type Subject = { readonly scope: 'page' } | { readonly scope: 'line' | 'probe'; readonly id: string };

/** What each scope can know: a topic is gathered at once, by one gatherer, or not at all. */
export interface Topics {
	readonly page: PageEvidence;
	readonly line: LineEvidence;
	readonly probe: ProbeEvidence;
}
export type Topic<S extends Scope = Scope> = S extends Scope ? keyof Topics[S] & string : never;

/** One topic, gathered; or why it is not there. `ms` is how long it took. */
export type Gathered<T> =
	| { readonly ok: true; readonly value: T; readonly ms: number }
	| {
			readonly ok: false;
			readonly why: 'denied' | 'timeout' | 'unsupported' | 'crashed' | 'stopped';
			/** Redacted. */
			readonly detail: string;
			readonly ms: number;
	  };

/** What is there so far of one subject: a topic is absent until its gatherer has settled, and where it has none. */
export type Known<S extends Scope> = { readonly [K in keyof Topics[S]]?: Gathered<Topics[S][K]> };

/** Everything that a run has seen. Plain JSON: it goes into the report as it stands, redacted. */
export interface Evidence {
	readonly page: Known<'page'>;
	readonly lines: Readonly<Record<string, Known<'line'>>>;
	readonly probes: Readonly<Record<string, Known<'probe'>>>;
}

/** Observes one topic of one subject, with as little thought as possible. */
export interface Gatherer<S extends Scope = Scope, K extends Topic<S> = Topic<S>> {
	readonly subject: Subject & { readonly scope: S };
	readonly topic: K;
	/** A run gives it up then, with `why: 'timeout'`; its own waits are to be shorter. */
	readonly timeoutMs: number;
	/** Topics of the same subject, and of the page, that have to have settled before, well or not. */
	readonly after?: readonly Topic[];
	/** Resolves with what was seen, also of failures; rejects only where it could not look. Stops at `signal`. */
	gather(signal: AbortSignal, soFar: Evidence): Promise<Topics[S][K & keyof Topics[S]]>;
}

// ── Judging ──────────────────────────────────────────────────────────────────────────────────────────────────────

export type Fact = string | number | boolean | readonly string[];
export type Facts = Readonly<Record<string, Fact>>;
export type Sure = 'certain' | 'likely' | 'possible';

/** Why a check cannot tell, or does not apply. Their words are in the messages, under `reason_<name>`. */
export const REASONS = [
	'not-gathered',
	'gatherer-denied',
	'gatherer-timeout',
	'gatherer-unsupported',
	'gatherer-crashed',
	'stopped',
	'not-for-this-kind',
	'not-wanted',
	'not-configured',
	'line-switched-off',
	'other-tab-has-the-phone',
	'in-a-call',
	'no-token',
	'no-address',
	'token-not-readable',
	'would-ask-for-permission',
	'would-disturb',
	'nothing-tried',
	'no-call-yet',
	'not-measured',
	'browser-does-not-say',
	'answered-by-service-worker',
	'throttled-by-browser',
	'still-waiting',
	'depends-on-failed',
	'no-time-to-compare',
	'check-crashed'
] as const;
export type Reason = (typeof REASONS)[number];

/** What would decide between a cause and its neighbours. Words under `decides_<name>`. */
export const DECIDERS = [
	'other-network',
	'other-browser',
	'server-log',
	'alternative-address',
	'readable-answer',
	'answer-without-token',
	'certificate-in-new-tab',
	'name-lookup',
	'firefox-close-code',
	'console-compare',
	'test-call',
	'agent-name',
	'permission-answer',
	'other-device',
	'second-run'
] as const;
export type Decider = (typeof DECIDERS)[number];

export interface RunnerUp {
	readonly cause: CauseCode;
	readonly decides: Decider;
}

/** `skipped`: it does not apply here; `unsure`: it would, but cannot tell. Neither is a green tick. */
export type Verdict =
	| { readonly outcome: 'pass'; readonly facts?: Facts }
	| {
			/** `warn`: calls work, though not as well as they should, or not for long. */
			readonly outcome: 'fail' | 'warn';
			readonly cause: CauseCode;
			readonly sure: Sure;
			readonly facts: Facts;
			/** At most two neighbours that the evidence does not rule out, the likelier first. */
			readonly instead?: readonly RunnerUp[];
			/** Takes the place of the check's own, where that depends on what was found. */
			readonly explainedBy?: readonly string[];
	  }
	| { readonly outcome: 'unsure' | 'skipped'; readonly reason: Reason; readonly facts?: Facts };

/**
 * A pure judgement about one noun of trouble. One that lines and probes share names both scopes and needs only what both
 * can know. See checks/index.ts for the table of all.
 */
export interface Check<S extends Scope = Scope, K extends keyof Topics[S] = keyof Topics[S]> {
	/** The file's name. */
	readonly id: string;
	readonly scopes: readonly S[];
	/** Judged only when all of these were gathered; otherwise it is unsure (or skipped, where one has no gatherer). */
	readonly needs: readonly K[];
	/**
	 * Checks whose failing makes this one's finding a consequence: of the same line or probe, or of the page. What explains
	 * those explains this as well.
	 */
	readonly explainedBy?: readonly string[];
	/** What its passing proves for the line, as the verdict of a run asks. */
	readonly proves?: 'token' | 'signalling' | 'registration';
	/** Never throws on evidence of the right shape, and never reads a clock. */
	judge(own: { readonly [T in K]: Topics[S][T] }, context: Context): Verdict;
}

/** A check as the table holds it, whatever it needs. */
export interface AnyCheck extends Omit<Check, 'scopes' | 'needs' | 'judge'> {
	readonly scopes: readonly Scope[];
	readonly needs: readonly string[];
	judge(own: never, context: Context): Verdict;
}

/** What a judgement may compare with. */
export interface Context {
	readonly subject: Subject;
	readonly all: Evidence;
}

export interface CheckResult {
	readonly check: string;
	readonly line: string | null;
	readonly probe: string | null;
	readonly verdict: Verdict;
	/** The slowest of the topics that it needed, ms. */
	readonly ms: number;
}

/** One cause of the list. */
export interface Finding {
	readonly cause: CauseCode;
	readonly line: string | null;
	readonly probe: string | null;
	readonly check: string;
	readonly outcome: 'fail' | 'warn';
	readonly sure: Sure;
	readonly facts: Facts;
	readonly instead: readonly RunnerUp[];
	/** Other checks and subjects that saw the same cause or a consequence of it: folded into this finding. */
	readonly explains: readonly {
		readonly check: string;
		readonly line: string | null;
		readonly probe: string | null;
		readonly cause: CauseCode;
	}[];
}

/** A cause in words. */
export interface CauseText {
	readonly title: string;
	readonly why: string;
	readonly fix: readonly { readonly who: 'you' | 'admin' | 'developer'; readonly do: string }[];
}

export type Health = 'healthy' | 'degraded' | 'blocked' | 'unknown';

export interface Judgement {
	readonly verdict: Health;
	/** The first is the root cause. */
	readonly findings: readonly Finding[];
	/** Every check for every subject, in the order of the table. */
	readonly results: readonly CheckResult[];
}

// ── Running ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** One run, as it is kept in the history of runs and written into a report. */
export interface CheckupRun extends Judgement {
	/** Wall time, ms since 1970. */
	readonly startedAt: number;
	readonly durationMs: number;
	/** Ended by the Stop button or the hard limit: what is missing was not looked at. */
	readonly stopped: boolean;
	/** Only this line was looked at. */
	readonly onlyLine?: string;
	readonly evidence: Evidence;
}

/** What a run tells while it goes. `judgement` is always about what is known by then. */
export type RunEvent =
	| { readonly type: 'started'; readonly at: number; readonly gatherers: number }
	| { readonly type: 'gathering'; readonly subject: Subject; readonly topic: Topic }
	/** Something takes long by nature, and why: a token server that wakes up. */
	| { readonly type: 'waiting'; readonly subject: Subject; readonly topic: Topic; readonly forMs: number }
	| {
			readonly type: 'gathered';
			readonly subject: Subject;
			readonly topic: Topic;
			readonly ok: boolean;
			readonly ms: number;
			/** Results that this has settled. */
			readonly results: readonly CheckResult[];
	  }
	| { readonly type: 'ended'; readonly run: CheckupRun };
