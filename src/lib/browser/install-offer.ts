import type { AppInstall, InstallWay } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';

/** Chromium's own event: it would ask now, and can be told to ask later. */
interface BeforeInstallPromptEvent extends Event {
	prompt(): Promise<unknown>;
}

export interface InstallDeps {
	readonly window: Window;
	readonly scope: Scope;
}

const IN_A_WINDOW_OF_ITS_OWN = ['standalone', 'fullscreen', 'minimal-ui', 'window-controls-overlay']
	.map((mode) => `(display-mode: ${mode})`)
	.join(', ');

/** Made early: the browser offers it once, soon after the page has loaded. */
export class InstallOffer implements AppInstall {
	readonly #way: Cell<InstallWay>;
	#offer: BeforeInstallPromptEvent | undefined;

	constructor({ window, scope }: InstallDeps) {
		const { navigator } = window as { readonly navigator: Navigator & { readonly standalone?: boolean } };
		const isInstalled = navigator.standalone === true || window.matchMedia(IN_A_WINDOW_OF_ITS_OWN).matches;
		// Only Safari has `standalone`; only its phones and tablets take more than one finger.
		const isApple = navigator.standalone !== undefined && navigator.maxTouchPoints > 1;
		const byHand = isApple ? 'share-sheet' : 'menu';
		this.#way = new Cell<InstallWay>(isInstalled ? 'installed' : byHand);
		scope.on(window, 'beforeinstallprompt', (event) => {
			event.preventDefault();
			this.#offer = event as BeforeInstallPromptEvent;
			this.#way.set('prompt');
		});
		scope.on(window, 'appinstalled', () => this.#way.set('installed'));
	}

	get way(): Cell<InstallWay> {
		return this.#way;
	}

	async ask(): Promise<void> {
		const offer = this.#offer;
		// It can be used once; a browser that still wants to makes a new one.
		this.#offer = undefined;
		if (!offer) return;
		this.#way.set('menu');
		await offer.prompt().catch(() => {});
	}
}
