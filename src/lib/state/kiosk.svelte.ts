import type { Kiosk as KioskConfig } from '#lib/config/config.ts';
import { parseAddress } from '#lib/core/address.ts';
import { asLineError, type LineError } from '#lib/core/errors.ts';
import type { Abilities, Call } from '#lib/core/line.ts';
import type { ShownCall } from './calls-view.svelte.ts';
import { isForged } from './forged-press.ts';
import type { Kiosk } from './kiosk-port.ts';
import { reactive } from './reactive.svelte.ts';
import type { Screen } from './screen.svelte.ts';

export type KioskButton = KioskConfig['buttons'][number];

/** Which screen stands there. One at a time, and calls before everything else. */
export type KioskStage =
	'elsewhere' | 'call' | 'ringing' | 'ended' | 'staff' | 'out' | 'waits' | 'attract' | 'home';

/** Until a line is open: what it cannot dial, the phone refuses. */
const EVERYTHING: Pick<Abilities, 'dials'> = { dials: ['number', 'client', 'sip', 'code', 'room'] };

/** What the screen of a kiosk follows and does. */
export class KioskView {
	readonly #kiosk: Kiosk;
	readonly #screen: Screen;
	readonly #duty;
	readonly #use;
	readonly #answering;
	readonly lamp;
	readonly callEndsAt;
	readonly exit;
	/** The button whose call is on its way, until the call is there. */
	placing = $state.raw<KioskButton | undefined>();
	/** Why a button's call was not even placed. */
	refusal = $state.raw<LineError | undefined>();
	/** Staff stands at the door: the PIN is asked for. */
	asksPin = $state(false);
	testing = $state(false);
	/** The last call of a button, and what that button says: whom it calls, for everybody who reads the screen. */
	#called = $state.raw<{ readonly call: Call; readonly label: string } | undefined>();

	constructor(kiosk: Kiosk, screen: Screen) {
		this.#kiosk = kiosk;
		this.#screen = screen;
		this.#duty = reactive(kiosk.duty);
		this.#use = reactive(kiosk.use);
		this.#answering = reactive(kiosk.answering);
		this.lamp = reactive(kiosk.lamp);
		this.callEndsAt = reactive(kiosk.callEndsAt);
		this.exit = reactive(kiosk.exit);
	}

	/** The call that rings here. */
	readonly ringing: ShownCall | undefined = $derived.by(() => this.#screen.calls.incoming[0]);

	/** The call that is under way. */
	readonly live: ShownCall | undefined = $derived.by(() => {
		const { live, shown } = this.#screen.calls;
		return this.#named(shown && live.includes(shown) ? shown : live[0]);
	});

	/** The call that has just ended. */
	readonly ended: ShownCall | undefined = $derived.by(() => {
		const { shown } = this.#screen.calls;
		return shown?.state.current.phase === 'ended' ? this.#named(shown) : undefined;
	});

	/** It is about to be answered without a tap. */
	readonly answersItself: boolean = $derived.by(
		() => this.ringing !== undefined && this.#answering.current === this.ringing.call
	);

	/** Nobody has touched it for a while: it asks whether anybody is there. */
	readonly asksWhoIsThere: boolean = $derived.by(() => this.#use.current === 'ends');

	/** How long it asks, ms. */
	get asksForMs(): number {
		return this.#kiosk.warningMs();
	}

	/** Nobody is here. */
	readonly isUnused: boolean = $derived.by(() => this.#use.current === 'nobody');

	readonly stage: KioskStage = $derived.by(() => {
		if (this.#screen.lines.elsewhere) return 'elsewhere';
		if (this.live) return 'call';
		if (this.ringing) return 'ringing';
		if (this.exit.current.kind === 'open') return 'staff';
		if (this.ended) return 'ended';
		if (this.lamp.current.light === 'out') return 'out';
		if (this.#duty.current === 'waits') return 'waits';
		return this.isUnused ? 'attract' : 'home';
	});

	#written: readonly KioskButton[] = [];

	/** Those of the last configuration that had any: what was there when the kiosk began lasts until the page is reloaded. */
	readonly buttons: readonly KioskButton[] = $derived.by(() => {
		this.#written = this.#screen.config.current.config.kiosk?.buttons ?? this.#written;
		return this.#written;
	});

	touched(): void {
		this.#kiosk.touched();
	}

	goOnDuty(): void {
		void this.#kiosk.goOnDuty();
	}

	/**
	 * Calls whom the button calls. Whoever has written the button has confirmed its number; what the rules forbid stays
	 * forbidden. A second tap while the call is on its way does not count, and a press that a script has made never.
	 */
	async call(button: KioskButton): Promise<void> {
		if (this.placing || isForged()) return;
		this.placing = button;
		this.refusal = undefined;
		const { app, config, lines, country } = this.#screen;
		try {
			const lineId = button.line ?? config.current.config.lines[0]?.id ?? '';
			const can = lines.all.find(({ id }) => id === lineId)?.can ?? EVERYTHING;
			const read = parseAddress(button.to, can, country);
			if (!read.ok) throw read.error;
			const { address, digits } = read.value;
			const call = await app.phone.dial(lineId, address, {
				confirmed: true,
				name: button.label,
				...(digits ? { digits } : {})
			});
			this.#called = { call, label: button.label };
		} catch (reason) {
			this.refusal = asLineError(reason, 'app.unexpected');
		} finally {
			this.placing = undefined;
		}
	}

	#named(shown: ShownCall | undefined): ShownCall | undefined {
		if (!shown || this.#called?.call !== shown.call) return shown;
		return { ...shown, party: { current: { ...shown.party.current, name: this.#called.label } } };
	}

	/** A kiosk has one call: who else calls hears that it is busy. Never rejects. */
	async declineOthers(): Promise<void> {
		if (!this.live) return;
		for (const { call } of this.#screen.calls.incoming) await call.decline().catch(() => {});
	}

	/** Asks for the PIN, where there is one. */
	knock(): void {
		const { kind } = this.exit.current;
		if (kind === 'shut' || kind === 'later') this.asksPin = true;
	}

	tryPin(pin: string): Promise<'right' | 'wrong' | 'later'> {
		return this.#kiosk.tryPin(pin);
	}

	/** Back to what everybody sees. */
	close(): void {
		this.asksPin = false;
		if (this.exit.current.kind === 'open') this.#kiosk.close();
	}

	leave(): void {
		this.#kiosk.leave();
	}

	reload(): void {
		this.#kiosk.reload();
	}

	async test(): Promise<void> {
		if (this.testing) return;
		this.testing = true;
		try {
			await this.#kiosk.selfTest();
		} finally {
			this.testing = false;
		}
	}
}
