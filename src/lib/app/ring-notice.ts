import { isEnded } from '#lib/core/audio-focus.ts';
import type { Call } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { RingWord } from '#lib/core/ring-word.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface RingNoticeDeps {
	readonly phone: Pick<Phone, 'calls' | 'answer'>;
	readonly document: EventTarget & Pick<Document, 'visibilityState' | 'hasFocus'>;
	readonly window: EventTarget;
	readonly show: (call: Call) => void;
	readonly close: (id: string) => void;
	readonly failed: (error: unknown) => void;
	readonly scope: Scope;
}

/**
 * Tells of ringing calls where nobody looks at the page: as soon as it rings, or as the page loses the attention while it
 * rings. What was shown goes when the call rings no more. Returns what is done with a tap on it.
 */
export function noticeRinging(deps: RingNoticeDeps): (word: RingWord) => void {
	const { phone, document, window, scope } = deps;
	const watched = new Map<Call, () => void>();
	const shown = new Set<string>();

	const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();
	const follow = () => {
		for (const call of watched.keys()) {
			if (isRinging(call) && !shown.has(call.id) && !isLookedAt()) {
				shown.add(call.id);
				deps.show(call);
			} else if (!isRinging(call) && shown.delete(call.id)) deps.close(call.id);
		}
	};
	const forget = (call: Call) => {
		watched.get(call)?.();
		watched.delete(call);
		if (shown.delete(call.id)) deps.close(call.id);
	};
	const notice = (calls: readonly Call[]) => {
		for (const call of [...watched.keys()]) if (!calls.includes(call)) forget(call);
		for (const call of calls) {
			if (call.direction === 'in' && !watched.has(call) && !isEnded(call)) {
				watched.set(call, call.state.watch(follow));
			}
		}
		follow();
	};

	scope.add(phone.calls.watch(notice));
	scope.on(document, 'visibilitychange', follow);
	scope.on(window, 'blur', follow);
	scope.add(() => [...watched.keys()].forEach(forget));
	notice(phone.calls.value);

	return ({ call: id, act }) => {
		const call = [...watched.keys()].find((one) => one.id === id);
		if (!call || !isRinging(call)) return;
		if (act === 'answer') phone.answer(call).catch(deps.failed);
		if (act === 'decline') call.decline().catch(deps.failed);
	};
}

const isRinging = (call: Call): boolean => call.state.value.phase === 'ringing';
