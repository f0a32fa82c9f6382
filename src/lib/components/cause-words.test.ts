import { describe, expect, it } from 'vitest';
import { FAULTS } from '#lib/core/errors.ts';
import { locales, overwriteGetLocale } from '#lib/words/runtime.js';
import type { CauseCode } from '#lib/diagnostics/types.ts';
import { causeWords } from './cause-words.ts';
import { SERVER_CAUSES } from './cause-words-server.ts';
import { SOCKET_CAUSES } from './cause-words-socket.ts';
import { DEVICE_CAUSES } from './cause-words-device.ts';

const CAUSES = [
	...Object.keys({ ...SERVER_CAUSES, ...SOCKET_CAUSES, ...DEVICE_CAUSES }),
	...FAULTS.filter((fault) => fault !== 'twilio-app.not-found')
] as CauseCode[];

describe.each(locales)('in %s', (locale) => {
	it.each(CAUSES)('%s has a title, a reason, and something to do for somebody', (cause) => {
		overwriteGetLocale(() => locale);
		const { title, why, fix } = causeWords(cause);
		expect(title).toMatch(/\p{L}{2}/u);
		expect(title).not.toMatch(/\.$|\d{3}|[A-Z]{4}|…/);
		expect(why).toMatch(/\p{L}{2}/u);
		expect(fix.length).toBeGreaterThan(0);
		for (const { do: todo } of fix) expect(todo).toMatch(/[.)]$/);
		expect(new Set(fix.map(({ do: todo }) => todo)).size).toBe(fix.length);
	});
});

it('says what was seen', () => {
	overwriteGetLocale(() => 'en');
	const { why, fix } = causeWords('token-endpoint.cors', {
		host: 'tokens.example.com',
		origin: 'https://phone.example.com'
	});
	expect(why).toContain('tokens.example.com');
	expect(fix[0]?.do).toContain('https://phone.example.com');
	expect(fix[0]?.who).toBe('admin');
});
