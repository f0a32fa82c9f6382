import { expect, it } from 'vitest';
import { browserOf } from './user-agent.ts';

const CHROME =
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

it.each([
	[CHROME, { name: 'Chrome', version: '141.0.0.0', system: 'Windows 10.0' }],
	[`${CHROME} Edg/141.0.0.0`, { name: 'Edge', version: '141.0.0.0', system: 'Windows 10.0' }],
	[
		'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
		{ name: 'Firefox', version: '153.0', system: 'Linux' }
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
		{ name: 'Safari', version: '18.1', system: 'iOS 18.1' }
	],
	[
		'Mozilla/5.0 (Linux; Android 15; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36 [FBAN/EMA]',
		{ name: 'Chrome', version: '141.0.0.0', system: 'Android 15', inApp: 'wv' }
	],
	['something else', { name: 'unknown', version: '', system: 'unknown' }]
])('%s', (userAgent, expected) => expect(browserOf(userAgent)).toEqual(expected));

it('believes the brands that a browser names, but not the ones that it makes up', () => {
	const brands = [
		{ brand: 'Not/A)Brand', version: '8' },
		{ brand: 'Chromium', version: '141' },
		{ brand: 'Vivaldi', version: '7' }
	];
	expect(browserOf(CHROME, { brands })).toEqual({ name: 'Vivaldi', version: '7', system: 'Windows 10.0' });
});
