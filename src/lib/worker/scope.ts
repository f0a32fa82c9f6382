/** An event that keeps the worker alive until the promise has settled. */
export interface LastingEvent {
	waitUntil(work: Promise<unknown>): void;
}

export interface WishEvent extends LastingEvent {
	readonly data: unknown;
	readonly ports: readonly MessagePort[];
}

export interface RequestEvent extends LastingEvent {
	readonly request: Request;
	respondWith(answer: Promise<Response>): void;
}

/** The part of a service worker's global scope that is needed; the types of pages do not know it. */
export interface WorkerScope {
	readonly caches: CacheStorage;
	readonly location: { readonly href: string };
	readonly navigator: { readonly locks?: Pick<LockManager, 'request'> };
	readonly clients: { claim(): Promise<void> };
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void;
	addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
	addEventListener(type: 'message', listener: (event: WishEvent) => void): void;
}
