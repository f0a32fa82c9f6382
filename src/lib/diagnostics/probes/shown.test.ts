import { describe, expect, it } from 'vitest';
import {
	foreign,
	foreignData,
	httpTwin,
	otherScheme,
	queryNames,
	shownUrl,
	thrown,
	writtenUrl
} from './shown.ts';

const JWT = `eyJ${'hbGciOiJI'.repeat(3)}.eyJ${'zdWIiOiJh'.repeat(3)}.${'s1gnatur3'.repeat(3)}`;

describe('what evidence may hold of an address', () => {
	it.each([
		['wss://a.example:8443/stream?token=geheim#x', 'wss://a.example:8443/stream'],
		['https://anna:geheim@a.example/x', 'https://a.example/x'],
		['ws://127.0.0.1:9/', 'ws://127.0.0.1:9/'],
		[`https://a.example/${JWT}`, 'https://a.example/[token]'],
		['data:text/plain,hallo', 'data:text/plain,hallo'],
		['localhost:7880?key=geheim', 'localhost:7880'],
		['inline', 'inline']
	])('%s', (text, shown) => expect(shownUrl(text)).toBe(shown));

	it.each([
		['wss://rooms.example.org', 'wss://rooms.example.org'],
		['ws://10.0.0.7:7880/x?y=1', 'ws://10.0.0.7:7880/x'],
		['rooms.example.org:7880', 'rooms.example.org:7880'],
		['//anna:geheim@a.example/x', '//a.example/x'],
		['', ''],
		[JWT, '[token]'],
		[`wss://a.example/${JWT}`, 'wss://a.example/[token]']
	])('as written: %s', (text, written) => expect(writtenUrl(text)).toBe(written));
});

it.each([
	[
		'{"type":"connected","payload":{"region":"us1","token":{"identity":"alice","ttl":3600}}}',
		'{"type":"connected","payload":{"region":"us1","token":{"identity":"[name]","ttl":3600}}}'
	],
	[
		'{"from":"alice","client_name":"Al","userId":7,"name":"ready"}',
		'{"from":"[name]","client_name":"[name]","userId":"[name]","name":"ready"}'
	],
	['{"sid":"AC0123456789abcdef0123456789abcdef","to":["+12025550100"]}', '{"sid":"[AC]","to":["[…00]"]}'],
	['"hello"', '"hello"'],
	['7', '7'],
	['{"cut":', '{"cut":'],
	['call of +1 202\u2011555\u20110100 from ::ffff:10.0.0.1', 'call of […00] from [ip]']
])('of what a server has sent, %s, nobody is named', (text, shown) => expect(foreignData(text)).toBe(shown));

it('names the parameters of a query and never their values', () => {
	expect(queryNames('wss://a.example/?token=geheim&agentId=7')).toEqual(['token', 'agentId']);
	expect(queryNames('no address')).toEqual([]);
});

it('makes twins', () => {
	expect(httpTwin('wss://a/x')).toBe('https://a/x');
	expect(httpTwin('ws://a/x')).toBe('http://a/x');
	expect(otherScheme('wss://a/x')).toBe('ws://a/x');
	expect(otherScheme('http://a/x')).toBe('https://a/x');
	expect(otherScheme('ftp://a/x')).toBeUndefined();
});

it('redacts before it cuts', () => {
	const text = foreign(`${'x '.repeat(95)}Bearer abcdefghijklmnopqrstuvwxyz0123456789`);
	expect(text).not.toContain('abc');
	expect(foreign('y '.repeat(500)).length).toBe(200);
});

it('reads what was thrown, whatever it was', () => {
	expect(thrown(new TypeError('Failed to fetch'))).toEqual({ name: 'TypeError', message: 'Failed to fetch' });
	expect(thrown({ name: 'OverconstrainedError', message: '', constraint: 'deviceId' })).toEqual({
		name: 'OverconstrainedError',
		message: '',
		constraint: 'deviceId'
	});
	expect(thrown('nothing')).toEqual({ name: 'string', message: '' });
});
