import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG, NO_CONFIG } from './config.ts';
import { parseConfig } from './parse-config.ts';

describe('anything at all', () => {
	const section = fc.constantFrom(
		'lines',
		'probes',
		'kiosk',
		'dialling',
		'theme',
		'locked',
		'embed',
		'__proto__',
		'constructor'
	);
	const anything = fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true });

	test('never throws and never touches prototypes', () => {
		const before = Object.getOwnPropertyNames(Object.prototype).join();
		fc.assert(
			fc.property(fc.oneof(anything, fc.dictionary(section, anything)), (raw) => {
				const { config } = parseConfig(raw);
				expect(Object.keys(config)).toEqual(expect.arrayContaining(Object.keys(DEFAULT_CONFIG)));
			}),
			{ numRuns: 10_000 }
		);
		expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
	});

	test('keys of prototypes are unknown keys', () => {
		const raw: unknown = JSON.parse(
			'{"__proto__":{"polluted":1,"lines":[]},"constructor":{"prototype":{"polluted":1}},"theme":{"__proto__":{"polluted":1}}}'
		);
		const { config, problems } = parseConfig(raw);
		expect(problems.map(({ code }) => code)).toEqual(['unknown-key', 'unknown-key', 'unknown-key']);
		expect(config).toEqual(NO_CONFIG.config);
		expect({}).not.toHaveProperty('polluted');
		expect(config.theme).not.toHaveProperty('polluted');
	});

	test('ten thousand levels deep', () => {
		let deep: unknown = 1;
		for (let level = 0; level < 10_000; level += 1) deep = { deep };
		expect(() =>
			parseConfig({
				theme: deep,
				lines: [deep],
				probes: [{ id: 'p', url: 'wss://a.example', token: { url: '/t', body: deep } }]
			})
		).not.toThrow();
	});
});
