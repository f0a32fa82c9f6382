/**
 * What this page holds on to: listeners of the page itself, timers, channels, audio contexts. Counts from when it is
 * imported: import it before what it watches.
 */
export function heldNow(): readonly string[] {
	return [
		...listeners.values(),
		...[...timers.values()].map((what) => `timer of ${what}`),
		...[...channels].map(({ name }) => `channel ${name}`),
		...[...contexts].filter(({ state }) => state !== 'closed').map(() => 'audio context')
	].sort();
}

const listeners = new Map<string, string>();
const timers = new Map<unknown, string>();
const channels = new Set<BroadcastChannel>();
const contexts = new Set<AudioContext>();

/** Things that live as long as the page; a listener on anything else goes with it. */
const LASTING = new Map<unknown, string>([
	[window, 'window'],
	[document, 'document'],
	[navigator.mediaDevices, 'mediaDevices'],
	[navigator.serviceWorker, 'serviceWorker'],
	[screen.orientation, 'screen.orientation']
]);

const ids = new WeakMap<object, number>();
let lastId = 0;

function idOf(listener: object): number {
	const id = ids.get(listener) ?? ++lastId;
	ids.set(listener, id);
	return id;
}

function keyOf(target: unknown, type: string, listener: object, options: unknown): string {
	const capture =
		typeof options === 'object' && options !== null ? 'capture' in options && options.capture : options;
	return `${LASTING.get(target)} ${type} ${idOf(listener)} ${Boolean(capture)}`;
}

const { addEventListener, removeEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
	// Called plainly, it is the window's.
	const target = (this as EventTarget | undefined) ?? window;
	if (listener && LASTING.has(target)) {
		const key = keyOf(target, type, listener, options);
		listeners.set(key, `listener for ${type} on ${LASTING.get(target)}`);
		if (typeof options === 'object') options.signal?.addEventListener('abort', () => listeners.delete(key));
	}
	addEventListener.call(target, type, listener, options);
};
EventTarget.prototype.removeEventListener = function (this: EventTarget, type, listener, options) {
	const target = (this as EventTarget | undefined) ?? window;
	if (listener && LASTING.has(target)) listeners.delete(keyOf(target, type, listener, options));
	removeEventListener.call(target, type, listener, options);
};

/** The first line of the stack that is not this file's: who has set it. */
const caller = (): string =>
	(new Error().stack ?? '')
		.split('\n')
		.slice(1)
		.find((line) => !line.includes('leftovers'))
		?.trim() ?? '';

const plain = {
	setTimeout: setTimeout.bind(globalThis),
	clearTimeout: clearTimeout.bind(globalThis),
	setInterval: setInterval.bind(globalThis),
	clearInterval: clearInterval.bind(globalThis)
};
globalThis.setTimeout = ((handler: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
	const id = plain.setTimeout(() => {
		timers.delete(id);
		handler(...args);
	}, ms);
	timers.set(id, caller());
	return id;
}) as typeof setTimeout;
globalThis.setInterval = ((handler: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
	const id = plain.setInterval(() => handler(...args), ms);
	timers.set(id, caller());
	return id;
}) as typeof setInterval;
globalThis.clearTimeout = (id) => {
	timers.delete(id);
	plain.clearTimeout(id);
};
globalThis.clearInterval = (id) => {
	timers.delete(id);
	plain.clearInterval(id);
};

globalThis.BroadcastChannel = class extends BroadcastChannel {
	constructor(name: string) {
		super(name);
		channels.add(this);
	}

	override close(): void {
		channels.delete(this);
		super.close();
	}
};

globalThis.AudioContext = class extends AudioContext {
	constructor(options?: AudioContextOptions) {
		super(options);
		contexts.add(this);
	}
};
