import { describe, expect, test } from 'vitest';
import { allowedUrl, isLoopback, isRelative, resolveUrl } from './url-rule.ts';

const GOOD = [
	'https://example.com',
	'https://example.com/token',
	'https://example.com:8443/token?x=1#y',
	'HTTPS://EXAMPLE.COM/Token',
	'https://münchen.example/token',
	'https://xn--mnchen-3ya.example/token',
	'https://[2001:db8::1]/token',
	'https://192.168.1.5/token',
	'https://localhost/token',
	'http://localhost:4173/token',
	'http://tokens.localhost:4173/token',
	'http://127.0.0.1:3000/token',
	'http://127.1:3000/token',
	'http://127.255.0.9/token',
	'http://[::1]:3000/token',
	'http://0x7f000001/token'
];

const BAD = [
	'',
	' ',
	'http://example.com/token',
	'http://192.168.1.5/token',
	'http://10.0.0.1/token',
	'http://0.0.0.0/token',
	'http://[::]/token',
	'http://[2001:db8::1]/token',
	'http://localhost.example.com/token',
	'http://localhost./token',
	'http://127.0.0.1.example.com/token',
	'http://notlocalhost/token',
	'https:example.com',
	'https:/example.com',
	'https:///example.com',
	'https://',
	'https://?x',
	'https://#x',
	'http:',
	'http:/localhost',
	'javascript:alert(1)',
	'JavaScript:alert(1)',
	'java\tscript:alert(1)',
	'javascript://example.com/%0aalert(1)',
	'data:text/html,hi',
	'data:,https://example.com',
	'blob:https://example.com/0f1e',
	'file:///etc/passwd',
	'file://example.com/x',
	'vbscript:msgbox(1)',
	'ftp://example.com/x',
	'ws://localhost:1/x',
	'wss://example.com/x',
	'about:blank',
	'mailto:a@example.com',
	'tel:+15550100',
	'chrome://settings',
	'view-source:https://example.com',
	'//example.com/token',
	'\\\\example.com\\token',
	'https:\\\\example.com\\token',
	'https://example.com\\@evil.example/',
	'https://user@example.com/token',
	'https://user:pass@example.com/token',
	'https://:pass@example.com/token',
	'https://example.com@evil.example/token',
	'http://localhost@example.com/token',
	'http://localhost:80@example.com/token',
	'https://exa mple.com/token',
	'https://exam\tple.com/token',
	'https://exam\nple.com/token',
	'https://example.com/to\rken',
	'\thttps://example.com/token',
	' https://example.com/token',
	'https://example.com/token ',
	'https://example.com/\u0000',
	'https://example.com:99999/token',
	'https://example.com:x/token',
	'https://[::1/token',
	'https://exa%00mple.com/',
	'https://exa<mple.com/',
	'https://%20/',
	'localhost:8080/token',
	'example.com:443/token',
	'http//example.com',
	'://example.com',
	'1https://example.com'
];

const RELATIVE = [
	'token',
	'./token',
	'../token',
	'/token',
	'?x=1',
	'a/b/c',
	'api/token?next=https://example.com',
	'./a:b',
	'#x'
];

describe('addresses that may be used', () => {
	test.each(GOOD)('%s', (text) => {
		expect(allowedUrl(text)).toBeInstanceOf(URL);
	});

	test.each(BAD)('not %j', (text) => {
		expect(allowedUrl(text)).toBeUndefined();
	});

	test.each(BAD)('never leads anywhere from a page: %j', (text) => {
		const url = resolveUrl(text, 'https://phone.example/app/');
		expect(url?.origin ?? 'https://phone.example').toBe('https://phone.example');
	});

	test.each([
		['wss://example.com/stream', true],
		['ws://localhost:8443', true],
		['ws://127.0.0.1:8443', true],
		['ws://example.com', false],
		['https://example.com', false],
		['wss://user@example.com', false]
	])('as a socket: %s %s', (text, isGood) => {
		expect(allowedUrl(text, 'ws') !== undefined).toBe(isGood);
	});

	test.each(RELATIVE)('relative: %s', (text) => {
		expect(isRelative(text)).toBe(true);
		expect(resolveUrl(text, 'https://phone.example/a/b/')?.origin).toBe('https://phone.example');
	});

	test('a relative address is as safe as its page', () => {
		expect(resolveUrl('./token', 'https://phone.example/app/')?.href).toBe('https://phone.example/app/token');
		expect(resolveUrl('./token', 'http://localhost:4173/')?.href).toBe('http://localhost:4173/token');
		expect(resolveUrl('./token', 'http://phone.example/')).toBeUndefined();
		expect(resolveUrl('./token', 'file:///tmp/index.html')).toBeUndefined();
	});

	test.each([
		['localhost', true],
		['[::1]', true],
		['127.0.0.1', true],
		['::1.example.com', false],
		['128.0.0.1', false]
	])('loopback: %s %s', (host, is) => {
		expect(isLoopback(host)).toBe(is);
	});
});
