import { describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { OwnConfigStore, type OwnConfigStoreDeps } from './own-config-store.ts';

function stage(kept?: string, storage?: OwnConfigStoreDeps['storage']) {
	const stored = new Map<string, string>(kept === undefined ? [] : [['own', kept]]);
	const window = new EventTarget();
	const scope = new Scope();
	const memory = {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, text: string) => void stored.set(key, text),
		removeItem: (key: string) => void stored.delete(key)
	};
	const store = new OwnConfigStore({ key: 'own', storage: storage ?? (() => memory), window, scope });
	const hear = (key: string | null) => window.dispatchEvent(Object.assign(new Event('storage'), { key }));
	return { store, stored, hear, scope };
}

describe('the config of this device', () => {
	it('is kept, and forgotten', () => {
		const { store, stored } = stage();
		expect(store.config.value).toBeUndefined();
		expect(store.keep({ name: 'Mine' })).toBe(true);
		expect(stage(stored.get('own')).store.config.value).toEqual({ name: 'Mine' });
		store.keep(undefined);
		expect([store.config.value, stored.size]).toEqual([undefined, 0]);
	});

	it.each(['', '{', '[]', 'null', '{"__proto__":{}}', `{"a":${'['.repeat(99)}${']'.repeat(99)}}`])(
		'is none where storage has %j',
		(kept) => {
			expect(stage(kept).store.config.value).toBeUndefined();
		}
	);

	it('is the same in every tab', () => {
		const { store, stored, hear, scope } = stage();
		stored.set('own', '{"name":"Other tab"}');
		hear('something else');
		expect(store.config.value).toBeUndefined();
		hear('own');
		expect(store.config.value).toEqual({ name: 'Other tab' });
		stored.clear();
		hear(null);
		expect(store.config.value).toBeUndefined();
		scope.end();
		stored.set('own', '{"name":"Too late"}');
		hear('own');
		expect(store.config.value).toBeUndefined();
	});

	it.each([
		() => undefined,
		() => {
			throw new DOMException('refused', 'SecurityError');
		}
	])('lasts as long as the page where storage is refused', (storage) => {
		const { store } = stage(undefined, storage);
		expect(store.keep({ name: 'Mine' })).toBe(false);
		expect(store.config.value).toEqual({ name: 'Mine' });
	});
});
