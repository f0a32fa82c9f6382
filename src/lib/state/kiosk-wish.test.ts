import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, NO_CONFIG, PENDING_CONFIG, type ConfigState } from '#lib/config/config.ts';
import { parseConfig } from '#lib/config/parse-config.ts';
import { LineError } from '#lib/core/errors.ts';
import { kioskOf } from './kiosk-wish.ts';

const error = new LineError('config.unreachable');
const read = (raw: unknown, more: Partial<ConfigState> = {}): ConfigState => ({
	...parseConfig(raw),
	source: 'file',
	...more
});

describe('a page that is asked to be a kiosk', () => {
	it.each<[string, ConfigState, ReturnType<typeof kioskOf>]>([
		['waits for the configuration', PENDING_CONFIG, 'pending'],
		['is one where the site has one', read({ kiosk: {} }), 'kiosk'],
		['is one by the last good copy', read({ kiosk: {} }, { source: 'last-good', error }), 'kiosk'],
		['is a phone where the site has none', read({ name: 'Desk' }), 'none'],
		['is a phone where the last good copy has none', read({}, { source: 'last-good', error }), 'none'],
		['is a phone where there is no file', NO_CONFIG, 'none'],
		['is no phone where the file did not arrive', { ...NO_CONFIG, error }, 'unknown'],
		[
			'is no phone by what was set up on the device while the file is away',
			{ config: DEFAULT_CONFIG, problems: [], source: 'own', error },
			'unknown'
		],
		['is no phone by a mistake in the section', read({ kiosk: { buttons: 'Reception' } }), 'unknown'],
		['is no phone by a mistake in one button', read({ kiosk: { buttons: [{ label: 'x' }] } }), 'unknown'],
		['is no phone by a file of the wrong form', read([]), 'unknown'],
		['is a phone whatever is wrong elsewhere', read({ kioskk: {}, theme: 7 }), 'none']
	])('%s', (_what, state, wanted) => {
		expect(kioskOf(state)).toBe(wanted);
	});
});
