import { isRingWord, type RingWord } from '#lib/core/ring-word.ts';
import type { LastingEvent } from './scope.ts';

/** A window of the app, as a worker sees it. */
interface Window {
	postMessage(word: RingWord, transfer: readonly MessagePort[]): void;
	focus(): Promise<unknown>;
}

interface UseEvent extends LastingEvent {
	/** '' for a tap on the notification itself. */
	readonly action: string;
	readonly notification: { readonly data: unknown; close(): void };
}

/** The part of a service worker's global scope that is needed. */
export interface RingScope {
	readonly location: { readonly href: string };
	readonly clients: {
		matchAll(options: {
			readonly type: 'window';
			readonly includeUncontrolled: true;
		}): Promise<readonly (Window & { readonly url: string })[]>;
		openWindow(url: string): Promise<unknown>;
	};
	addEventListener(type: 'notificationclick', listener: (event: UseEvent) => void): void;
}

/** A page that runs answers within milliseconds. */
const ANSWER_MS = 1_000;

/**
 * Brings the tab to the front whose call the notification is of, and tells it to answer or to decline. A browser without
 * buttons only shows the tab: nobody answers by a tap that may have meant "what is this?".
 */
export function passRingsOn(scope: RingScope): void {
	const base = new URL('.', scope.location.href).href;

	async function pass(action: string, data: unknown): Promise<void> {
		const act = action === 'answer' || action === 'decline' ? action : 'open';
		const word = { ...(data as object), act };
		if (!isRingWord(word)) return;
		const all = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
		const own = all.filter(({ url }) => url.startsWith(base));
		const asked = own.map(async (one) =>
			(await has(one, word)) ? one : Promise.reject(new Error('not here'))
		);
		const owner = await Promise.any(asked).catch(() => undefined);
		if (act === 'decline') return;
		const shown = owner ?? own[0];
		if (shown) await shown.focus();
		else await scope.clients.openWindow(base);
	}

	scope.addEventListener('notificationclick', (event) => {
		event.notification.close();
		event.waitUntil(pass(event.action, event.notification.data));
	});
}

/** Tells a page, and hears whether the call is there. */
function has(page: Window, word: RingWord): Promise<boolean> {
	const { port1, port2 } = new MessageChannel();
	return new Promise<boolean>((resolve) => {
		const late = setTimeout(() => resolve(false), ANSWER_MS);
		port1.onmessage = () => {
			clearTimeout(late);
			resolve(true);
		};
		page.postMessage(word, [port2]);
	}).finally(() => port1.close());
}
