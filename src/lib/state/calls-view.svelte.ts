import type { CallState } from '#lib/core/call-state.ts';
import type { Call, CallWarning, MediaSample, Party } from '#lib/core/line.ts';
import type { App } from './app.ts';
import type { CallSamples } from './call-samples.ts';
import { reactive, reactiveFrom, type Reactive } from './reactive.svelte.ts';
import type { ScreenPause } from './screen-pause.ts';

/** A call whose values templates follow. */
export interface ShownCall {
	readonly call: Call;
	readonly state: Reactive<CallState>;
	readonly party: Reactive<Party>;
	readonly muted: Reactive<boolean>;
	readonly digits: Reactive<string>;
	readonly sample: Reactive<MediaSample | undefined>;
	readonly warnings: Reactive<readonly CallWarning[]>;
	readonly reference: Reactive<string | undefined>;
}

/** Which calls there are, which one the screen is about, and which ones wait. */
export class CallsView {
	readonly #app: () => App;
	readonly #alive;
	readonly #focus;
	readonly #ended;
	readonly #shown = new WeakMap<Call, ShownCall>();
	#last: Call | undefined;
	/** Of calls in a room, as long as anyone may ask: the screen that shows them keeps them here. */
	readonly samples = new WeakMap<Call, CallSamples>();
	/** True while the pad is in front although there are calls: for one more call. */
	padInFront = $state(false);

	constructor(app: () => App, pause: ScreenPause) {
		this.#app = app;
		this.#alive = reactiveFrom(() => app().phone.calls, pause);
		this.#focus = reactiveFrom(() => app().phone.focus, pause);
		this.#ended = reactiveFrom(() => app().phone.lastEnded, pause);
	}

	readonly all: readonly ShownCall[] = $derived.by(() => this.#alive.current.map((call) => this.#show(call)));

	/** Ringing here, oldest first. */
	readonly incoming: readonly ShownCall[] = $derived.by(() =>
		this.all.filter(({ call, state }) => call.direction === 'in' && state.current.phase === 'ringing')
	);

	/** Everything else that is alive. */
	readonly live: readonly ShownCall[] = $derived.by(() =>
		this.all.filter((one) => !this.incoming.includes(one))
	);

	/** The call that the screen is about: heard, else held last, else ended last. */
	readonly shown: ShownCall | undefined = $derived.by(() => {
		const focus = this.#focus.current;
		const live = this.live.map(({ call }) => call);
		const kept = this.#last && live.includes(this.#last) ? this.#last : undefined;
		const call =
			(focus && live.includes(focus) ? focus : undefined) ?? kept ?? live.at(-1) ?? this.#ended.current;
		this.#last = call;
		return call && this.#show(call);
	});

	/** Alive and not shown: they wait. */
	readonly waiting: readonly ShownCall[] = $derived.by(() => this.live.filter((one) => one !== this.shown));

	/** Closes the ended call's page. */
	close(): void {
		this.#app().phone.dismissEnded();
	}

	#show(call: Call): ShownCall {
		const known = this.#shown.get(call);
		if (known) return known;
		const shown: ShownCall = {
			call,
			state: reactive(call.state),
			party: reactive(call.party),
			muted: reactive(call.muted),
			digits: reactive(call.digits),
			sample: reactive(call.sample),
			warnings: reactive(call.warnings),
			reference: reactive(call.reference)
		};
		this.#shown.set(call, shown);
		return shown;
	}
}
