import type { Scope } from '#lib/core/scope.ts';

export interface OpenerPortDeps {
	readonly window: Window;
	/** Origins that count, as they stand in the configuration now. */
	origins(): readonly string[];
	readonly scope: Scope;
	/** What the page that has opened this one says, unread: any value. `origin` is its own, and one of `origins`. */
	onWord(raw: unknown, origin: string): void;
}

/**
 * The way between this page and the one that has opened it. A message counts from that very window alone, from an origin
 * that is named, and sent by the browser: a script of our own origin can make an event that claims anything.
 */
export class OpenerPort {
	readonly #deps: OpenerPortDeps;

	constructor(deps: OpenerPortDeps) {
		this.#deps = deps;
		deps.scope.on(deps.window, 'message', (event) => {
			const { source, origin, data, isTrusted } = event as MessageEvent<unknown>;
			const opener = this.#opener;
			if (isTrusted && opener && source === opener && this.#counts(origin)) deps.onWord(data, origin);
		});
	}

	/** To that origin and nobody else, whatever page the opener shows by now. Nothing where it does not count any more. */
	say(word: object, origin: string): void {
		if (!this.#deps.scope.ended && this.#counts(origin)) this.#opener?.postMessage(word, origin);
	}

	/** To the opener, whichever of the origins it has. Where the browser tells who it was, the others are not tried. */
	sayFirst(word: object): void {
		const { referrer } = this.#deps.window.document;
		const from = URL.canParse(referrer) ? new URL(referrer).origin : '';
		for (const origin of this.#counts(from) ? [from] : this.#origins) this.say(word, origin);
	}

	/** Null as soon as it is closed, and after a page with a policy of its own stood between. */
	get #opener(): Window | null {
		return this.#deps.window.opener as Window | null;
	}

	/** As browsers write them: a configuration may name a host in capitals. */
	get #origins(): readonly string[] {
		return this.#deps.origins().map((origin) => origin.toLowerCase());
	}

	#counts(origin: string): boolean {
		return this.#origins.includes(origin);
	}
}
