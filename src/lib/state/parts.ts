import type { Conversation } from '#lib/core/conversation.ts';
import type { Component } from 'svelte';
import type { ShownCall } from './calls-view.svelte.ts';
import type { Objection } from './desk.svelte.ts';

/** What a screen for a ringing call is given. */
export interface Ringing {
	shown: ShownCall;
	onanswer: () => void;
	ondecline: () => void;
	onsilence: () => void;
}

/** Screens that come after the first paint: a telephone has to take digits before it can ring. */
export interface Parts {
	readonly CallView: Component<{ shown: ShownCall }>;
	readonly CallerId: Component<{
		numbers: readonly string[];
		value: string;
		pretty: (address: string) => string;
		onchange: (number: string) => void;
	}>;
	readonly CallBar: Component<{ onback: () => void }>;
	readonly ClosedPad: Component;
	readonly IncomingCall: Component<Ringing>;
	readonly IncomingBanner: Component<Ringing>;
	/** In the link to the history: how many calls were missed. */
	readonly MissedCount: Component;
	readonly LinesSheet: Component<{ onclose: () => void }>;
	readonly Notices: Component;
	readonly Objection: Component<{ objection: Objection }>;
	readonly OtherTab: Component;
	readonly Recents: Component;
	readonly SetupCard: Component;
}

/** The screen of a call in a room. Comes when there is a line that calls rooms. */
export type RoomCallScreen = Component<{ shown: ShownCall; conversation: Conversation }>;
