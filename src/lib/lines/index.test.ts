import { describe, expect, test } from 'vitest';
import { parseConfig } from '#lib/config/parse-config.ts';
import { LINE_MODULES, readLines } from './index.ts';

const read = (...lines: object[]) => readLines(parseConfig({ lines }).config.lines);
const desk = { id: 'desk', kind: 'twilio', token: { url: 'https://tokens.example.com/twilio' } };
const TOKEN = {
	url: 'https://tokens.example.com/twilio',
	method: 'POST',
	auth: 'none',
	headers: {},
	style: 'snake',
	response: {}
};

describe('lines as they are written', () => {
	test('every kind has a name of its own', () => {
		expect(new Set(LINE_MODULES.map(({ kind }) => kind)).size).toBe(LINE_MODULES.length);
	});

	test('the least', () => {
		const { lines, problems } = read(desk, { id: 'p', kind: 'practice' });
		expect(problems).toEqual([]);
		expect(lines.map(({ kind, settings }) => [kind, settings])).toEqual([
			[
				'twilio',
				{
					id: 'desk',
					kind: 'twilio',
					label: 'Twilio',
					token: TOKEN,
					edges: ['roaming'],
					incoming: true,
					expect: {},
					dial: { numberParam: 'To', callerIds: [], params: {} }
				}
			],
			['practice', { id: 'p', kind: 'practice', label: 'Practice line' }]
		]);
	});

	test('the most', () => {
		const full = {
			...desk,
			label: 'Support desk',
			identity: 'alice',
			edges: ['dublin', 'roaming'],
			gateway: 'ws://localhost:4173',
			incoming: false,
			expect: { twimlAppSid: 'AP1', accountSid: 'AC1' },
			dial: { numberParam: 'Number', callerIdParam: 'From', callerIds: ['+15550100'], params: { Team: 'a' } }
		};
		const { lines, problems } = read(full);
		expect(problems).toEqual([]);
		expect(lines[0]?.settings).toEqual({ ...full, token: TOKEN });
	});

	test.each([
		[{ token: undefined }, 'lines[0].token', 'missing'],
		[{ token: {} }, 'lines[0].token.url', 'missing'],
		[{ token: 'https://tokens.example.com' }, 'lines[0].token', 'wrong-type'],
		[{ token: { url: 'http://tokens.example.com' } }, 'lines[0].token.url', 'wrong-value'],
		[{ edges: [] }, 'lines[0].edges', 'wrong-value'],
		[{ edges: 'dublin' }, 'lines[0].edges', 'wrong-type'],
		[{ edges: ['Dublin'] }, 'lines[0].edges[0]', 'wrong-value'],
		[{ gateway: 'localhost' }, 'lines[0].gateway', 'wrong-value'],
		[{ gateway: 'ws://example.com:80' }, 'lines[0].gateway', 'wrong-value'],
		[{ gateway: 'wss://localhost:8443' }, 'lines[0].gateway', 'wrong-value'],
		[{ gateway: 'localhost:8443/x' }, 'lines[0].gateway', 'wrong-value'],
		[{ gateway: 'user@localhost:8443' }, 'lines[0].gateway', 'wrong-value'],
		[{ gateway: 'localhost:99999' }, 'lines[0].gateway', 'wrong-value'],
		[{ incoming: 'yes' }, 'lines[0].incoming', 'wrong-type'],
		[{ expect: { accountSid: 'SK1' } }, 'lines[0].expect.accountSid', 'wrong-value'],
		[{ dial: { params: { a: 1 } } }, 'lines[0].dial.params.a', 'wrong-type'],
		[{ identity: '' }, 'lines[0].identity', 'wrong-value']
	])('%j sets the line aside', (change, path, code) => {
		const { lines, problems } = read({ ...desk, ...change }, { id: 'p', kind: 'practice' });
		expect(problems).toMatchObject([{ path, code, severity: 'error' }]);
		expect(lines.map(({ kind }) => kind)).toEqual(['practice']);
	});

	test.each([
		'localhost:8443',
		'[::1]:8443',
		'gateway.example.com:443',
		'ws://localhost:4173',
		'ws://127.0.0.1:1',
		'ws://[::1]:1'
	])('gateway %s', (gateway) => {
		expect(read({ ...desk, gateway }).problems).toEqual([]);
	});

	test('an unknown key is a warning, and the line works', () => {
		const { lines, problems } = read({ ...desk, incomming: true, dial: { numberparam: 'x' } });
		expect(problems).toMatchObject([
			{ path: 'lines[0].incomming', code: 'unknown-key', severity: 'warning' },
			{ path: 'lines[0].dial.numberparam', code: 'unknown-key', severity: 'warning' }
		]);
		expect(lines).toHaveLength(1);
	});

	test.each(['sip', 'constructor'])('a kind that this version does not carry: %s', (kind) => {
		const { lines, problems } = read({ id: 'a', kind, serverUrl: 'wss://x', agent: {} }, desk);
		expect(problems).toEqual([
			{
				path: 'lines[0].kind',
				severity: 'error',
				code: 'unknown-kind',
				facts: { found: kind, allowed: '"practice" | "twilio" | "livekit"' }
			}
		]);
		expect(lines.map(({ settings }) => settings.id)).toEqual(['desk']);
	});
});
