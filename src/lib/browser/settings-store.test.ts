import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#lib/config/settings.ts';
import { Scope } from '#lib/core/scope.ts';
import { SettingsStore, type SettingsStoreDeps } from './settings-store.ts';

function memory(): Pick<Storage, 'getItem' | 'setItem'> & { readonly items: Map<string, string> } {
	const items = new Map<string, string>();
	return {
		items,
		getItem: (key) => items.get(key) ?? null,
		setItem: (key, text) => void items.set(key, text)
	};
}

function store(
	storage: SettingsStoreDeps['storage'],
	window = new EventTarget(),
	scope = new Scope()
): SettingsStore {
	return new SettingsStore({ key: 'offhook:/:settings', storage, window, scope });
}

const storageEvent = (key: string | null) => Object.assign(new Event('storage'), { key });

describe('SettingsStore', () => {
	it('starts with the defaults and keeps what is changed', () => {
		const storage = memory();
		const first = store(() => storage);
		expect(first.settings.value).toEqual(DEFAULT_SETTINGS);
		first.change({ ringVolume: 0.2, linesOff: ['desk'] });
		expect(store(() => storage).settings.value).toEqual({
			...DEFAULT_SETTINGS,
			ringVolume: 0.2,
			linesOff: ['desk']
		});
	});

	it.each([
		['no JSON', '{'],
		['another kind', '[1, 2]'],
		['null', 'null'],
		['broken fields', '{"ringVolume": 70, "scheme": "pink", "linesOff": "desk"}'],
		['a hostile prototype', '{"__proto__": {"ringVolume": 0.1}, "constructor": 1}']
	])('reads %s as the defaults', (_, text) => {
		const storage = memory();
		storage.items.set('offhook:/:settings', text);
		expect(store(() => storage).settings.value).toEqual(DEFAULT_SETTINGS);
	});

	it.each<[string, SettingsStoreDeps['storage']]>([
		['missing', () => undefined],
		[
			'refused',
			() => {
				throw new DOMException('refused', 'SecurityError');
			}
		],
		[
			'full',
			() => ({
				getItem: () => null,
				setItem: () => {
					throw new DOMException('full', 'QuotaExceededError');
				}
			})
		]
	])('works in memory when storage is %s', (_, storage) => {
		const settings = store(storage);
		settings.change({ keyTones: false });
		expect(settings.settings.value.keyTones).toBe(false);
	});

	it('follows another tab until its scope ends, and minds its own key only', () => {
		const storage = memory();
		const window = new EventTarget();
		const scope = new Scope();
		const settings = store(() => storage, window, scope);
		const seen: boolean[] = [];
		settings.settings.watch(({ keyTones }) => seen.push(keyTones));
		storage.items.set('offhook:/:settings', '{"keyTones": false}');
		window.dispatchEvent(storageEvent('offhook:/other/:settings'));
		expect(seen).toEqual([]);
		window.dispatchEvent(storageEvent('offhook:/:settings'));
		expect(seen).toEqual([false]);
		storage.items.clear();
		window.dispatchEvent(storageEvent(null));
		expect(seen).toEqual([false, true]);
		scope.end();
		storage.items.set('offhook:/:settings', '{"keyTones": false}');
		window.dispatchEvent(storageEvent(null));
		expect(seen).toEqual([false, true]);
	});

	it('tells nobody when nothing changed', () => {
		const settings = store(() => memory());
		let told = 0;
		settings.settings.watch(() => told++);
		settings.change({ ringVolume: DEFAULT_SETTINGS.ringVolume });
		expect(told).toBe(0);
	});
});
