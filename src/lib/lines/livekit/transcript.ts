import type { Utterance } from '#lib/core/conversation.ts';

/** What is kept of a transcript: the latest stretches, and so many characters of them in all. */
export const MOST_UTTERANCES = 500;
export const MOST_CHARACTERS = 64 * 1024;
/** No single stretch is longer: nobody says so much without a pause. */
export const LONGEST_UTTERANCE = 8 * 1024;

/**
 * Puts a stretch in by its beginning, in place of an earlier version of it, which keeps its time. A final one is not made
 * unfinished again. Pure; the oldest are dropped where it gets too much.
 */
export function withUtterance(list: readonly Utterance[], said: Utterance): readonly Utterance[] {
	const text = said.text.slice(0, LONGEST_UTTERANCE);
	const at = list.findIndex(({ id }) => id === said.id);
	const before = list[at];
	if (before) {
		const now = { ...said, text, at: before.at, final: said.final || before.final };
		const same = before.text === text && before.final === now.final && before.by === now.by;
		return same ? list : cut(list.with(at, now));
	}
	const after = list.findLastIndex((other) => other.at <= said.at);
	return cut(list.toSpliced(after + 1, 0, { ...said, text }));
}

/** Everything of this speaker that is still growing is finished: they have stopped speaking, or have gone. */
export function finished(list: readonly Utterance[], ids: ReadonlySet<string>): readonly Utterance[] {
	if (!list.some(({ id, final }) => !final && ids.has(id))) return list;
	return list.map((one) => (one.final || !ids.has(one.id) ? one : { ...one, final: true }));
}

function cut(list: readonly Utterance[]): readonly Utterance[] {
	let from = Math.max(0, list.length - MOST_UTTERANCES);
	let characters = 0;
	for (let at = list.length - 1; at >= from; at--) {
		characters += list[at]?.text.length ?? 0;
		if (characters > MOST_CHARACTERS) from = at + 1;
	}
	return from === 0 ? list : list.slice(from);
}
