import { describe, expect, it } from 'vitest';
import { parseAddress, parseKey } from './address.ts';
import { countryOf } from './countries.ts';
import { judgeDialling, type DiallingRules } from './dialling.ts';

/** 'dial', 'refuse emergency', 'confirm premium' … */
function judge(key: string, rules: DiallingRules = { country: 'US' }, digits = ''): string {
	const to = parseKey(key);
	if (!to) throw new Error('empty key');
	const found = judgeDialling(to, rules, digits);
	return found.verdict === 'dial' ? 'dial' : `${found.verdict} ${found.because}`;
}

describe('emergency numbers', () => {
	it.each([
		['US', '911'],
		['US', '112'],
		['US', '+1911'],
		['us', '911'],
		['GB', '999'],
		['GB', '+44999'],
		['DE', '110'],
		['DE', '112'],
		['DE', '+49110'],
		['FR', '15'],
		['AU', '000'],
		['AU', '+112'],
		['NZ', '111'],
		['JP', '119'],
		['BR', '190'],
		['IN', '108'],
		['CH', '1414'],
		['ZA', '10111'],
		['', '112'],
		['', '911'],
		['', '999'],
		['XX', '112']
	])('in %s: %s is refused', (country, key) => {
		expect(judge(key, { country })).toBe('refuse emergency');
	});

	it.each([
		['US', '999'],
		['US', '110'],
		['DE', '911'],
		['US', '9112'],
		['US', '+15559110000'],
		['US', 'client:911'],
		['US', 'sip:911@example.com'],
		['US', 'room:911']
	])('in %s: %s is none', (country, key) => {
		expect(judge(key, { country })).toBe('dial');
	});

	it('are what the site says, if it says so', () => {
		expect(judge('777', { country: 'US', emergency: ['777'] })).toBe('refuse emergency');
		expect(judge('911', { country: 'US', emergency: [] })).toBe('dial');
	});

	it('come before allow', () => {
		expect(judge('911', { country: 'US', allow: ['*'] })).toBe('refuse emergency');
		expect(judge('911', { country: 'US', allow: [] })).toBe('refuse emergency');
	});

	it('are refused behind an opening code too', () => {
		expect(judge('9', { country: 'US' }, 'wwww911')).toBe('refuse emergency');
	});

	it('is found however it was typed', () => {
		for (const text of ['９１１', '٩١١', '9-1-1', 'tel:911', '9\u200b11', ' 9 1 1 ']) {
			const found = parseAddress(text, { dials: ['number'] }, 'US');
			expect(found.ok && judgeDialling(found.value.address, { country: 'US' })).toEqual({
				verdict: 'refuse',
				because: 'emergency'
			});
		}
	});

	it('are known for every country of the table', () => {
		for (const country of ['AE', 'DE', 'US', 'ZA'])
			expect(countryOf(country)?.emergency.length).toBeGreaterThan(0);
	});
});

describe('allow', () => {
	it.each([
		[['+1*'], '+12125550100', 'dial'],
		[['+1*'], '+442079460000', 'refuse not-allowed'],
		[['+1*'], '12125550100', 'refuse not-allowed'],
		[['client:*'], 'client:alice', 'dial'],
		[['client:*'], 'sip:alice@example.com', 'refuse not-allowed'],
		[['sip:*@example.com'], 'sip:a@example.com', 'dial'],
		[['sip:*@example.com'], 'sip:a@example.com.evil.net', 'refuse not-allowed'],
		[['+1212555010?'], '+12125550101', 'dial'],
		[['+1212555010?'], '+1212555010', 'refuse not-allowed'],
		[['\\*97'], '*97', 'confirm service-code'],
		[['\\*97'], '+97', 'refuse not-allowed'],
		[['a.c'], 'abc', 'refuse not-allowed'],
		[[], '+12125550100', 'refuse not-allowed'],
		[['+1*'], '+19005550100', 'confirm premium']
	])('%o: %s → %s', (allow, key, wanted) => {
		expect(judge(key, { country: 'US', allow })).toBe(wanted);
	});

	it('matches a hostile glob in good time', () => {
		const glob = `${'*a'.repeat(200)}b`;
		expect(judge(`client:${'a'.repeat(120)}`, { allow: [glob] })).toBe('refuse not-allowed');
	});
});

describe('confirm', () => {
	it.each([
		['+19005550100', 'premium'],
		['+12129765550', 'premium'],
		['+449098790000', 'premium'],
		['+447012345678', 'premium'],
		['+448712345678', 'premium'],
		['+49900123456', 'premium'],
		['+49190123456', 'premium'],
		['+491371234', 'premium'],
		['+33899123456', 'premium'],
		['+34806123456', 'premium'],
		['+390899123456', ''],
		['+39899123456', 'premium'],
		['+41900123456', 'premium'],
		['+43900123456', 'premium'],
		['+61190012345', 'premium'],
		['+18765550100', 'premium'],
		['+14735550100', 'premium'],
		['+18095550100', 'premium'],
		['+979123456789', 'premium'],
		['0900123456', 'premium'],
		['0190123456', 'premium'],
		['19005550100', 'premium'],
		['+870773123456', 'satellite'],
		['+881612345678', 'satellite'],
		['+882161234567', 'international-network'],
		['+883510001234', 'international-network'],
		['+87812345678', 'international-network'],
		['*72', 'service-code'],
		['*21*5550100#', 'service-code'],
		['#31#', 'service-code'],
		['##002#', 'service-code'],
		['+12125550100', ''],
		['+442079460000', ''],
		['+4930123456', ''],
		['+88012345678', ''],
		['1', ''],
		['client:900', ''],
		['client:*72', '']
	])('%s: %s', (key, because) => {
		expect(judge(key)).toBe(because === '' ? 'dial' : `confirm ${because}`);
	});

	it('is replaced by what the site lists', () => {
		const rules = { country: 'US', confirm: ['+44*'] };
		expect(judge('+442079460000', rules)).toBe('confirm listed');
		expect(judge('+19005550100', rules)).toBe('dial');
		expect(judge('+19005550100', { confirm: [] })).toBe('dial');
	});

	it('names the rule', () => {
		expect(judgeDialling({ kind: 'number', value: '+881612345678' }, {})).toEqual({
			verdict: 'confirm',
			because: 'satellite',
			rule: '+881*'
		});
	});

	it.each([
		['wwww123456', 'dial'],
		['wwww1234567', 'confirm two-stage'],
		['wwww0019005550100#', 'confirm two-stage']
	])('asks about a second number behind the first: %s', (digits, wanted) => {
		expect(judge('+12125550100', { country: 'US' }, digits)).toBe(wanted);
	});
});
