import type { Fault } from '#lib/core/errors.ts';
import type { FaultText } from '#lib/state/screen.svelte.ts';
import { CALL_WORDS } from './fault-words-call.ts';
import { DESK_WORDS } from './fault-words-desk.ts';
import { ROOM_WORDS } from './fault-words-room.ts';
import { SERVICE_WORDS } from './fault-words-service.ts';
import { TOKEN_WORDS } from './fault-words-token.ts';

/** What happened, why, and what to do and who does it. */
export type WordsOf<F extends Fault> = Readonly<
	Record<F, readonly [title: () => string, why: () => string, todo: () => string]>
>;

/** Every fault has its words, or this does not compile. */
const WORDS: WordsOf<Fault> = {
	...DESK_WORDS,
	...TOKEN_WORDS,
	...SERVICE_WORDS,
	...ROOM_WORDS,
	...CALL_WORDS
};

/**
 * The words of a fault, in the language of the moment. Heavy: comes in a chunk of its own. What is stored may have a fault
 * of another version of the app: that is an unexpected one.
 */
export function faultWords(fault: Fault): FaultText {
	const [title, why, todo] = WORDS[Object.hasOwn(WORDS, fault) ? fault : 'app.unexpected'];
	return { title: title(), why: why(), todo: todo() };
}
