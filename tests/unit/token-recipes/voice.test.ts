import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { FILES, isLiveKit, TWILIO_SETTINGS } from '../../token-endpoints/recipes.ts';
import { useRecipe } from './asking.ts';

// The voice URL of every recipe, asked as Twilio asks: signed by Twilio's own library.

type Params = Readonly<Record<string, string>>;
const AUTH_TOKEN = TWILIO_SETTINGS['TWILIO_AUTH_TOKEN'] ?? '';
const REJECTED = '<Response><Reject/></Response>';

describe.each(FILES.filter((file) => !isLiveKit(file)))('the voice URL of %s', (file) => {
	const recipe = useRecipe(file);
	const addresses = () => recipe().voice ?? { url: '', publicUrl: '' };
	const sign = (params: Params, url = addresses().publicUrl, authToken = AUTH_TOKEN) =>
		twilio.getExpectedTwilioSignature(authToken, url, params);
	const send = (params: Params, signature: string | undefined, more: RequestInit = {}) =>
		fetch(addresses().url, {
			method: 'POST',
			headers: signature === undefined ? {} : { 'x-twilio-signature': signature },
			body: new URLSearchParams(params),
			...more
		});
	const said = async (params: Params) => {
		const answer = await send(params, sign(params));
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toMatch(/^text\/xml/);
		const text = await answer.text();
		expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
		return text.replace(/^<\?xml[^>]*>/, '');
	};
	const from = (To: string, more: Params = {}) => said({ From: 'client:alice', To, ...more });

	it.each([
		['+15550123', '<Dial answerOnBridge="true" callerId="+15550100"><Number>+15550123</Number></Dial>'],
		['+34600000000', '<Dial answerOnBridge="true" callerId="+15550100"><Number>+34600000000</Number></Dial>'],
		['client:bob', '<Dial answerOnBridge="true"><Client>bob</Client></Dial>'],
		['client:bob.b@x-y', '<Dial answerOnBridge="true"><Client>bob.b@x-y</Client></Dial>']
	])('dials %s', async (to, twiml) => {
		expect(await from(to)).toBe(`<Response>${twiml}</Response>`);
	});

	it.each([
		['a country that is not allowed', '+882161234567'],
		['a premium rate', '+19005550123'],
		['nothing', ''],
		['a word', 'pizza'],
		['an emergency number', '911'],
		['a number without its country', '5550123'],
		['a number of too many digits', '+1555012345678901'],
		['an extension', '+15550123;ext=1'],
		['two numbers', '+15550123,+15550124'],
		['a number with a line break', '+15550123\n'],
		['other digits', '+1555012\u0663'],
		['markup', '+15550123</Number><Number>+882161234567'],
		['markup as a client', 'client:</Client><Number>+15550123'],
		['a quote as a client', 'client:bob" url="https://evil.example'],
		['an empty client', 'client:'],
		['a client of 10 kB', `client:${'b'.repeat(10_000)}`],
		['a sip address', 'sip:someone@example.com'],
		['a conference', 'room:standup']
	])('refuses %s', async (_what, to) => {
		expect(await from(to)).toBe(REJECTED);
	});

	it('shows a caller id of the list, and the first one instead of a foreign one', async () => {
		expect(await from('+15550123', { CallerId: '+15550101' })).toContain('callerId="+15550101"');
		for (const CallerId of ['+15559999', '', '"><Hangup/>', '__proto__'])
			expect(await from('+15550123', { CallerId })).toContain('callerId="+15550100"');
	});

	it('rings the phone for a call to an own number, and sends nobody else out', async () => {
		const called = (To: string, From = '+15557777') => said({ From, To });
		expect(await called('+15550100')).toBe('<Response><Dial><Client>alice</Client></Dial></Response>');
		expect(await called('+15550123')).toBe(REJECTED);
		expect(await called('client:bob')).toBe(REJECTED);
		expect(await called('+15550123', 'sip:client:alice@evil.example')).toBe(REJECTED);
		expect(await said({ To: '+15550123' })).toBe(REJECTED);
	});

	const call = {
		From: 'client:alice',
		To: 'client:bob',
		CallSid: `CA${'0'.repeat(32)}`,
		Äpfel: 'süß & mehr'
	};

	it("answers what carries Twilio's signature", async () => {
		expect((await send(call, sign(call))).status).toBe(200);
	});

	it.each([
		['none', () => undefined],
		['an empty one', () => ''],
		['a wrong one', () => 'AAAA'],
		['one of the right form', () => `${'A'.repeat(27)}=`],
		['one of no form', () => '%%%%\u00ff'],
		['one of 10 kB', () => 'A'.repeat(10_000)],
		['one for other parameters', () => sign({ ...call, To: 'client:carol' })],
		['one for another address', () => sign(call, 'https://elsewhere.example.com/voice')],
		['one of another account', () => sign(call, undefined, 'another-auth-token')]
	])('refuses a signature: %s', async (_what, signature) => {
		const answer = await send(call, signature());
		const text = await answer.text();
		expect(answer.status).toBe(403);
		expect(text).not.toContain('Dial');
		expect(JSON.parse(text)).toEqual({ error: 'not from Twilio' });
	});

	it('refuses what is put beside a signed request', async () => {
		const more = { ...call, CallerId: '+15550101' };
		expect((await send(more, sign(call))).status).toBe(403);
		const json = { ...call, request: { headers: { 'x-twilio-signature': 'AAAA' } } };
		const headers = { 'content-type': 'application/json' };
		expect((await send(call, undefined, { headers, body: JSON.stringify(json) })).status).toBe(403);
	});
});
