import type { Conversation } from '#lib/core/conversation.ts';
import type { Watched } from '#lib/core/watched.ts';
import { reactive, type Reactive } from './reactive.svelte.ts';

/** A conversation whose values templates follow. */
export type ShownConversation = {
	readonly [
		K in keyof Conversation as Conversation[K] extends Watched<unknown> ? K : never
	]: Conversation[K] extends Watched<infer T> ? Reactive<T> : never;
};

export function followed(talk: Conversation): ShownConversation {
	return {
		room: reactive(talk.room),
		participants: reactive(talk.participants),
		agent: reactive(talk.agent),
		transcript: reactive(talk.transcript),
		turns: reactive(talk.turns),
		events: reactive(talk.events),
		maySpeak: reactive(talk.maySpeak),
		mayWrite: reactive(talk.mayWrite),
		playbackBlocked: reactive(talk.playbackBlocked)
	};
}
