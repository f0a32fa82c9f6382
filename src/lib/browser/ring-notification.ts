import type { Log } from '#lib/core/ports.ts';
import { isRingWord, type RingWord } from '#lib/core/ring-word.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export type NotificationPermissionState = 'unsupported' | 'prompt' | 'granted' | 'denied';

export interface RingText {
	readonly title: string;
	readonly body: string;
	readonly answer: string;
	readonly decline: string;
}

export interface RingNotificationDeps {
	/** Address of the app's folder: only its own service worker shows and speaks. */
	readonly base: string;
	readonly icon: string;
	readonly log: Log;
	readonly scope: Scope;
	/** Somebody has used the notification of that call. */
	readonly onUse: (word: RingWord) => void;
}

/**
 * The system's notification of a call that rings while nobody looks at the page: the service worker's, which can have
 * buttons, else a plain one, else none (Android's page constructor throws; an iPhone has none outside the home screen).
 */
export class RingNotification {
	readonly #deps: RingNotificationDeps;
	readonly #permission = new Cell<NotificationPermissionState>(permissionNow());
	readonly #plain = new Map<string, Notification>();
	readonly #shown = new Set<string>();

	constructor(deps: RingNotificationDeps) {
		this.#deps = deps;
		const workers = workersOf();
		if (workers) deps.scope.on(workers, 'message', (event) => this.#hear(event as MessageEvent));
		deps.scope.on(document, 'visibilitychange', () => this.#permission.set(permissionNow()));
		deps.scope.add(() => {
			for (const call of this.#shown) this.close(call);
		});
	}

	get permission(): Watched<NotificationPermissionState> {
		return this.#permission;
	}

	/** To be called in a tap. */
	async ask(): Promise<void> {
		if (this.#permission.value !== 'unsupported') await Notification.requestPermission();
		this.#permission.set(permissionNow());
	}

	show(call: string, text: RingText): void {
		this.#permission.set(permissionNow());
		if (this.#permission.value !== 'granted' || this.#shown.has(call)) return;
		this.#shown.add(call);
		this.#show(call, text).catch((error: unknown) =>
			this.#deps.log('debug', 'no notification', { error: error instanceof Error ? error.name : '' })
		);
	}

	/** It rings no more. */
	close(call: string): void {
		if (!this.#shown.delete(call)) return;
		this.#plain.get(call)?.close();
		this.#plain.delete(call);
		void this.#take(call).catch(() => {});
	}

	async #show(call: string, { title, body, answer, decline }: RingText): Promise<void> {
		const options = { body, tag: tagOf(call), icon: this.#deps.icon, requireInteraction: true };
		const registration = await this.#registration();
		if (!this.#shown.has(call)) return;
		if (!registration) {
			const plain = new Notification(title, options);
			plain.onclick = () => {
				window.focus();
				plain.close();
				this.#deps.onUse({ type: 'ring', call, act: 'open' });
			};
			this.#plain.set(call, plain);
			return;
		}
		const data = { type: 'ring', call };
		const actions = [
			{ action: 'answer', title: answer },
			{ action: 'decline', title: decline }
		];
		// `actions`, `renotify` and `vibrate` are not in TypeScript's types; what a browser does not know it passes over.
		const rich: NotificationOptions = Object.assign(options, { data, actions, renotify: true });
		await registration.showNotification(title, rich);
		if (!this.#shown.has(call)) await this.#take(call);
	}

	async #take(call: string): Promise<void> {
		const registration = await this.#registration();
		for (const one of (await registration?.getNotifications({ tag: tagOf(call) })) ?? []) one.close();
	}

	/** Of this very folder; a worker of a folder above it is somebody else's. */
	async #registration(): Promise<ServiceWorkerRegistration | undefined> {
		const { base } = this.#deps;
		const found = await workersOf()?.getRegistration(base);
		return found?.scope === base && found.active ? found : undefined;
	}

	#hear({ source, data, ports }: MessageEvent): void {
		const isOwn = source instanceof ServiceWorker && new URL('.', source.scriptURL).href === this.#deps.base;
		if (!isOwn || !isRingWord(data) || !this.#shown.has(data.call)) return;
		// The worker brings the tab to the front that has the call.
		ports[0]?.postMessage('mine');
		this.#deps.onUse(data);
	}
}

const tagOf = (call: string): string => `ring-${call}`;

/** Absent on pages that are not secure. */
const workersOf = (): ServiceWorkerContainer | undefined => navigator.serviceWorker;

function permissionNow(): NotificationPermissionState {
	if (!('Notification' in globalThis)) return 'unsupported';
	return Notification.permission === 'default' ? 'prompt' : Notification.permission;
}
