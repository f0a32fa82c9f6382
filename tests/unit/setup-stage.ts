import type { CheckupDeps } from '#lib/app/checkup-deps.ts';
import { createSetup } from '#lib/app/setup.ts';
import { OwnConfigStore } from '#lib/browser/own-config-store.ts';
import { DEFAULT_SETTINGS } from '#lib/config/settings.ts';
import { configInForce, type SiteFile } from '#lib/config/site-file.ts';
import { Scope } from '#lib/core/scope.ts';
import { constant } from '#lib/core/watched.ts';

export const BASE = 'https://phone.example/app/';
export const SITE: SiteFile = {
	source: 'file',
	raw: {
		lines: [
			{
				id: 'desk',
				kind: 'twilio',
				label: 'Support desk',
				token: { url: 'https://tokens.acme.example/t' },
				gateway: 'voice.acme.example:443'
			}
		],
		dialling: { allow: ['+1*'], confirm: ['+1900*'] }
	}
};

/** The set-up of a phone with that file, and what it does to it. */
export function stage(site: SiteFile | undefined = SITE) {
	const stored = new Map<string, string>();
	const own = new OwnConfigStore({
		key: 'own',
		storage: () => ({
			getItem: (key) => stored.get(key) ?? null,
			setItem: (key, text) => void stored.set(key, text),
			removeItem: (key) => void stored.delete(key)
		}),
		window: new EventTarget(),
		scope: new Scope()
	});
	const changed: object[] = [];
	const setup = createSetup({
		base: BASE,
		own,
		config: {
			get state() {
				return constant(configInForce(site ?? { source: 'none' }, own.config.value).state);
			},
			get written() {
				return configInForce(site ?? { source: 'none' }, own.config.value).written;
			},
			get site() {
				return site;
			}
		},
		settings: constant({ ...DEFAULT_SETTINGS, linesOff: ['desk', 'other'] }),
		change: (settings) => changed.push(settings),
		checkup: {} as CheckupDeps
	});
	return { setup, own, stored, changed };
}
