/**
 * What is measured inside the page, the same in every candidate. `install` runs before the page's own scripts; it is sent
 * as text, so it may use nothing from outside itself.
 */
export interface Instruments {
	/** Times of performance.now(): what was first seen of each name since `reset`. */
	readonly marks: Record<string, number>;
	readonly open: { sockets: number; peers: number; tracks: number; timers: number };
	reset(): void;
	/** Resolves once the name is among the marks. */
	seen(name: string): Promise<void>;
}

declare global {
	interface Window {
		readonly offhookBench: Instruments;
	}
}

export function install(): void {
	const marks: Record<string, number> = {};
	const waiting = new Map<string, () => void>();
	const mark = (name: string) => {
		marks[name] ??= performance.now();
		waiting.get(name)?.();
		waiting.delete(name);
	};
	const sockets = new Set<WebSocket>();
	const peers = new Set<RTCPeerConnection>();
	const tracks = new Set<MediaStreamTrack>();
	const timers = new Set<unknown>();

	const isInvite = (data: unknown) => typeof data === 'string' && /"type"\s*:\s*"invite"/.test(data);
	window.WebSocket = class extends WebSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			sockets.add(this);
			this.addEventListener('close', () => sockets.delete(this));
			this.addEventListener('message', ({ data }) => {
				if (isInvite(data)) mark('inviteCame');
			});
		}
		override send(data: string | Blob | BufferSource): void {
			if (isInvite(data)) mark('inviteLeft');
			super.send(data);
		}
	};
	window.RTCPeerConnection = class extends RTCPeerConnection {
		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			peers.add(this);
		}
		override close(): void {
			peers.delete(this);
			super.close();
		}
	};
	const devices = navigator.mediaDevices;
	const getUserMedia = devices.getUserMedia.bind(devices);
	devices.getUserMedia = async (constraints) => {
		const stream = await getUserMedia(constraints);
		for (const track of stream.getTracks()) tracks.add(track);
		return stream;
	};

	const nativeFetch = window.fetch.bind(window);
	window.fetch = (input, init) => {
		const url = input instanceof Request ? input.url : String(input);
		if (/\/token\b/.test(url)) mark('tokenAsked');
		return nativeFetch(input, init);
	};

	const { setTimeout: after, clearTimeout: cancel, setInterval: each, clearInterval: stop } = window;
	const start = (handler: TimerHandler, ms?: number, ...args: unknown[]) => {
		const run = () => {
			timers.delete(id);
			if (typeof handler === 'function') (handler as (...given: unknown[]) => void)(...args);
		};
		const id = after.call(window, run, ms);
		timers.add(id);
		return id;
	};
	const startEach = (...given: Parameters<typeof setInterval>) => {
		const id = each.apply(window, given);
		timers.add(id);
		return id;
	};
	const end = (native: (id?: number) => void) => (id?: number) => {
		timers.delete(id);
		native.call(window, id);
	};
	Object.assign(window, {
		setTimeout: start,
		setInterval: startEach,
		clearTimeout: end(cancel),
		clearInterval: end(stop)
	});

	document.addEventListener(
		'click',
		({ target }) => {
			if (target instanceof Element && target.closest('button')) mark('clicked');
		},
		true
	);
	const shown = (selector: string) =>
		[...document.querySelectorAll<HTMLElement>(selector)].some((element) => element.checkVisibility());
	const look = () => {
		const statuses = [...document.querySelectorAll('[role=status]')];
		if (statuses.some((element) => element.textContent?.trim() === 'Ready')) mark('ready');
		// Painted: the frame after the one in which it was drawn.
		const rings = shown('[role=alertdialog]');
		if (!('rang' in marks) && rings) requestAnimationFrame(() => requestAnimationFrame(() => mark('rang')));
		else if ('rang' in marks && !rings) mark('rangOut');
	};
	new MutationObserver(look).observe(document, {
		subtree: true,
		childList: true,
		characterData: true,
		attributes: true
	});

	Object.defineProperty(window, 'offhookBench', {
		value: {
			marks,
			get open() {
				const live = [...tracks].filter(({ readyState }) => readyState === 'live');
				return { sockets: sockets.size, peers: peers.size, tracks: live.length, timers: timers.size };
			},
			reset() {
				for (const name of Object.keys(marks)) Reflect.deleteProperty(marks, name);
			},
			seen(name: string) {
				if (name in marks) return Promise.resolve();
				return new Promise<void>((resolve) => void waiting.set(name, resolve));
			}
		}
	});
}
