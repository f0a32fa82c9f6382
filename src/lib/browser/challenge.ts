import type { Clock, Log, PhoneOwner } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Channel, Word } from './leader.ts';

export interface ChallengeDeps {
	/** Of the owner's lock (Leader). */
	readonly name: string;
	/** Of the lock that every tab with a call shares (Leader). */
	readonly inCall: string;
	readonly owner: Pick<PhoneOwner, 'ownership' | 'takeOver'>;
	/** Of the same name as the Leader's, and another object: a channel does not hear itself. */
	readonly channel: Channel | undefined;
	readonly locks: Pick<LockManager, 'request' | 'query'> | undefined;
	readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState };
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
}

/** An owner that lives answers within milliseconds, also in a hidden page: messages are not throttled as timers are. */
const ANSWER_MS = 2_000;
/** Time between an answer and the next question, so that a silent owner is replaced within 3 s. */
const PAUSE_MS = 900;
/** A deadline that comes later than this has slept itself, and proves nothing. */
const LATE_MS = 1_000;
/** So long others leave the phone alone after it was taken: by then they have heard of the new owner. */
const SETTLE_MS = 500;

/**
 * A tab that someone looks at does not wait for an owner that is silent: as long as the page is visible and another tab has
 * the phone, that tab is asked again and again whether it is there. No answer within 2 s, and this tab takes the phone, but
 * never while a call is going on there: that is known from a lock, which a frozen page goes on holding.
 */
export function challengeOwner(deps: ChallengeDeps): void {
	const { owner, channel, locks, document, clock, log, scope } = deps;
	if (!channel || !locks) return;
	let cancel = () => {};
	/** Not answered yet. */
	let question: { readonly at: number } | undefined;
	let isAsking = false;

	const isNeeded = () => owner.ownership.value === 'elsewhere' && document.visibilityState === 'visible';
	const wait = (ms: number, task: () => void) => {
		cancel();
		cancel = clock.after(ms, task);
	};
	const rest = () => {
		isAsking = false;
		question = undefined;
		cancel();
	};
	const ask = () => {
		if (!isNeeded()) return rest();
		isAsking = true;
		const asked = { at: clock.now() };
		question = asked;
		say('is-anyone-busy');
		wait(ANSWER_MS, () => silence(asked));
	};
	const say = (word: Word) => {
		try {
			channel.postMessage(word);
		} catch {
			// Closed: this tab is going away.
		}
	};
	const silence = (asked: { readonly at: number }) => {
		if (Math.abs(clock.now() - asked.at - ANSWER_MS) > LATE_MS) return ask();
		const failed = (error: unknown) => {
			log('debug', 'the silent tab was not replaced', { error });
			ask();
		};
		void replace(locks, asked).catch(failed);
	};
	/** Of several tabs that have waited in vain one takes the phone; the others ask the new owner. */
	const replace = (all: NonNullable<typeof locks>, asked: { readonly at: number }) =>
		all.request(`${deps.name}:challenge`, { ifAvailable: true }, async (lock) => {
			const { held = [] } = lock ? await all.query() : {};
			const isInCall = held.some((one) => one.name === deps.inCall);
			if (!lock || isInCall || question !== asked || !isNeeded()) return ask();
			log('warn', 'the tab that had the phone does not answer');
			rest();
			owner.takeOver();
			await new Promise<void>((resolve) => clock.after(SETTLE_MS, resolve));
			if (!isAsking) follow();
		});
	const follow = () => {
		if (!isNeeded()) rest();
		else if (!isAsking) ask();
	};

	channel.addEventListener(
		'message',
		({ data }) => {
			const isAnswer = data === ('busy' satisfies Word) || data === ('idle' satisfies Word);
			if (!isAnswer || !isAsking) return;
			question = undefined;
			wait(PAUSE_MS, ask);
		},
		{ signal: scope.signal }
	);
	scope.on(document, 'visibilitychange', follow);
	scope.add(owner.ownership.watch(follow));
	scope.add(() => {
		rest();
		channel.close();
	});
	follow();
}
