import { describe, expect, it } from 'vitest';
import { basePath } from './base-path.ts';

describe('basePath', () => {
	it.each([
		['/', 'https://a.example/', 'https://a.example/', 'offhook:/:settings'],
		[
			'/softphone/',
			'https://a.example/softphone/history/',
			'https://a.example/softphone/',
			'offhook:/softphone/:settings'
		],
		['..', 'https://a.example/a/b/history/', 'https://a.example/a/b/', 'offhook:/a/b/:settings'],
		['./', 'https://a.example/a/index.html?to=1#x', 'https://a.example/a/', 'offhook:/a/:settings'],
		['./', 'https://a.example/a/?kiosk', 'https://a.example/a/', 'offhook:/a/:settings']
	])('%s on %s', (root, page, url, settings) => {
		const base = basePath(root, page);
		expect(base.url).toBe(url);
		expect(base.name('settings')).toBe(settings);
	});

	it('keeps neighbours apart: no name begins like those of another phone', () => {
		const phones = ['/a/', '/a/b/', '/', '/b/', '/:a/', '/a/:/', '/a:/'].map((root) =>
			basePath(root, 'https://a.example/')
		);
		for (const phone of phones) {
			const beginning = phone.name('');
			expect(phones.filter((other) => other.name('history').startsWith(beginning))).toEqual([phone]);
		}
	});
});
