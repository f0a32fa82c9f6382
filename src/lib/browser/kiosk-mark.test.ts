import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { KioskMark } from './kiosk-mark.ts';

let stored: Map<string, string>;
let window: EventTarget;
let scope: Scope;
let isRefused: boolean;

const cleared = (key: string | null) => window.dispatchEvent(Object.assign(new Event('storage'), { key }));

function mark(): KioskMark {
	const storage = () => {
		if (isRefused) throw new DOMException('no', 'SecurityError');
		return {
			getItem: (key: string) => stored.get(key) ?? null,
			setItem: (key: string, value: string) => void stored.set(key, value),
			removeItem: (key: string) => void stored.delete(key)
		} as Storage;
	};
	return new KioskMark({ key: 'kiosk', storage, window, scope });
}

beforeEach(() => {
	stored = new Map();
	window = new EventTarget();
	scope = new Scope();
	isRefused = false;
});

describe('the mark of a kiosk', () => {
	it('is set, and taken away', () => {
		const one = mark();
		one.set(true);
		expect(stored.get('kiosk')).toBe('1');
		one.set(false);
		expect(stored.size).toBe(0);
	});

	it.each(['kiosk', null])('is put back when another tab deletes it: %s', (key) => {
		mark().set(true);
		stored.clear();
		cleared(key);
		expect(stored.get('kiosk')).toBe('1');
	});

	it('is not put back where there is none, for other keys, or after the end', () => {
		const one = mark();
		cleared('kiosk');
		one.set(true);
		stored.clear();
		cleared('settings');
		expect(stored.size).toBe(0);
		scope.end();
		cleared('kiosk');
		expect(stored.size).toBe(0);
	});

	it('does without storage', () => {
		isRefused = true;
		expect(() => mark().set(true)).not.toThrow();
	});
});
