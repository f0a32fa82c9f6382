import { expect, it } from 'vitest';
import { isOwn } from './own-address.ts';

it.each([
	['call-{random}', 'room:call-{random}', true],
	['call-{random}', 'room:call-a1b2c3d4e5', true],
	['call-{random}', 'room:call-', false],
	['call-{random}', 'room:standup', false],
	['call-{random}', 'client:call-a1b2c3d4e5', false],
	['{identity}.{date}', 'room:ada.2026-11-21', true],
	['{identity}.{date}', 'room:ada-2026-11-21', false],
	['lobby', 'room:lobby', true],
	['lobby', 'room:lobby-2', false],
	['a+(b)$', 'room:a+(b)$', true],
	['Süd {date}', 'room:Süd 2026-11-21', true]
])('%s and %s: %s', (value, address, own) => expect(isOwn(address, { kind: 'room', value })).toBe(own));
