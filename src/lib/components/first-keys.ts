declare global {
	interface Window {
		/** Set by static/first-keys.js; absent in a frame, and when that file has not arrived. */
		firstKeys?: () => boolean;
	}
}

/**
 * From now on the pad takes its keys itself; what was typed before stands in the number field. True when a call was asked
 * for in the meantime. Later calls change nothing and are false.
 */
export function takeOverFirstKeys(): boolean {
	const called = window.firstKeys?.() ?? false;
	delete window.firstKeys;
	return called;
}
