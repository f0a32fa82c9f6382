import { ownName } from '#lib/core/own-name.ts';
import { IN_CALL, IN_USE, type WorkerWish } from '#lib/core/worker-talk.ts';
import type { Piece, PieceList } from './pieces.ts';
import { requestAnswers } from './requests.ts';
import type { WorkerScope, WishEvent } from './scope.ts';
import { Shelf } from './shelf.ts';
import { takeOver } from './take-over.ts';

/**
 * Keeps one build of the phone for starts without a network, and nothing else: what is not a file of the build goes by
 * untouched, whoever asks for it. A new build waits until it is told to take over.
 */
export function startPhoneWorker(scope: WorkerScope, list: PieceList): void {
	const base = new URL('.', scope.location.href);
	const named = (thing: string) => ownName(base.pathname, thing);
	const request: typeof fetch = (input, init) => fetch(input, init);
	const shelf = (cache: string, pieces: readonly Piece[]) =>
		new Shelf({ caches: scope.caches, fetch: request, cache, base: base.href, list, pieces });

	const shell = shelf(named('cache:shell'), list.shell);
	const kinds = Object.entries(list.byKind).map(([kind, pieces]) => {
		const cache = named(`cache:${kind}`);
		return { kind, cache, shelf: shelf(cache, pieces) };
	});

	/** A kind's files are kept where they were kept before: the page says when that changes. */
	async function install(): Promise<void> {
		await shell.fill();
		for (const one of kinds) if (await scope.caches.has(one.cache)) await one.shelf.fill().catch(() => {});
	}

	async function activate(): Promise<void> {
		const known = [named('cache:shell'), ...kinds.map(({ cache }) => cache)];
		for (const name of await scope.caches.keys()) {
			if (name.startsWith(named('cache:')) && !known.includes(name)) await scope.caches.delete(name);
		}
		await shell.sweep();
		for (const one of kinds) if (await scope.caches.has(one.cache)) await one.shelf.sweep();
		await scope.clients.claim();
	}

	async function keep(wanted: readonly string[]): Promise<string> {
		for (const { kind, cache, shelf } of kinds) {
			if (wanted.includes(kind)) await shelf.fill();
			else await scope.caches.delete(cache);
		}
		return 'kept';
	}

	async function grant({ data }: WishEvent): Promise<string | undefined> {
		const wish = data as Partial<WorkerWish> | null;
		if (wish?.wish === 'keep' && Array.isArray(wish.kinds)) return keep(wish.kinds.map(String));
		if (wish?.wish !== 'take-over') return undefined;
		return takeOver({
			locks: scope.navigator.locks,
			inCall: named(IN_CALL),
			inUse: named(IN_USE),
			idleOnly: wish.idleOnly === true,
			act: () => void scope.skipWaiting()
		});
	}

	scope.addEventListener('install', (event) => event.waitUntil(install()));
	scope.addEventListener('activate', (event) => event.waitUntil(activate()));
	scope.addEventListener('message', (event) => {
		event.waitUntil(
			grant(event).then(
				(answer) => answer !== undefined && event.ports[0]?.postMessage(answer),
				() => event.ports[0]?.postMessage('failed')
			)
		);
	});
	const shelves = [shell, ...kinds.map(({ shelf }) => shelf)];
	const answerTo = requestAnswers({ shelves, base: base.href, fetch: request });
	scope.addEventListener('fetch', (event) => {
		const answer = answerTo(event.request);
		if (answer) event.respondWith(answer);
	});
}
