import { describe, expect, test } from 'vitest';
import { useExchange } from './at-the-exchange.ts';

const at = useExchange();

describe('calls from the phone', () => {
	test.each([
		['102', 31486, ['ringing']],
		['+12025550106', 31404, []],
		['+4420', 31404, []],
		['client:connection-declined', 31002, []],
		['error_31003', 31003, []]
	])('%s ends with %i', async (to, code, before) => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		await phone.dial(to);
		for (const type of before) expect((await phone.next('ringing', 'hangup')).type).toBe(type);
		const hangup = await phone.next('hangup');
		expect(hangup.payload.error?.code).toBe(code);
		expect(hangup.payload['callsid']).toBe(before.length ? at.callOf(identity)?.sid : 'TJStemporary');
		expect(at.callOf(identity)).toMatchObject({
			state: 'ended',
			ended: { by: 'far side', how: 'refused', code }
		});
	});

	test('a token without the grant is refused with our 31002', async () => {
		const phone = await at.opened();
		phone.send('listen', { token: at.exchange.mint('no-outgoing') });
		await phone.next('connected');
		await phone.dial('100');
		expect((await phone.next('hangup')).payload.error?.code).toBe(31002);
	});

	test('parameters and caller id are seen', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		await phone.dial('107', undefined, { CallerId: '+12025550177', Note: 'a & b' });
		await expect
			.poll(() => at.callOf(identity))
			.toMatchObject({
				direction: 'out',
				to: '107',
				from: '+12025550177',
				params: { To: '107', Note: 'a & b' },
				state: 'ringing'
			});
		phone.send('hangup', { callsid: 'TJStemporary' });
		await expect.poll(() => at.callOf(identity)?.ended).toEqual({ by: 'phone', how: 'hangup' });
	});

	test('echo: audio both ways, heard on both sides', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		await phone.dial('100', { voice: { hertz: 440 } });
		await phone.connect(await phone.next('answer'));
		await expect.poll(() => at.callOf(identity)?.tone, { timeout: 5000 }).toBe(440);
		await expect.poll(() => phone.hearing.heard().tone, { timeout: 5000 }).toBe(440);
		const sid = at.callOf(identity)?.sid;
		phone.send('hangup', { callsid: sid });
		await expect.poll(() => at.callOf(identity)).toMatchObject({ state: 'ended', media: 'closed' });
	});

	test('one way: heard there, silence here', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		await phone.dial('one-way', { voice: { hertz: 1000 } });
		await phone.connect(await phone.next('answer'));
		await expect.poll(() => at.callOf(identity)?.tone, { timeout: 5000 }).toBe(1000);
		expect(phone.hearing.rtpIn).toBe(0);
		expect(at.callOf(identity)?.rtpOut).toBe(0);
	});

	test('no media: the answer names no address', async () => {
		const phone = await at.registered();
		await phone.dial('no-media', { voice: 'silence' });
		const answer = await phone.next('answer');
		expect(answer.payload['sdp']).toContain('m=audio');
		expect(answer.payload['sdp']).not.toContain('a=candidate');
	});

	test('digits by signalling', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		await phone.dial('signalled-digits', { voice: 'silence' });
		const answer = await phone.next('answer');
		expect(answer.payload['sdp']).not.toContain('telephone-event');
		phone.send('dtmf', { callsid: answer.payload['callsid'], dtmf: '9w5#' });
		await expect.poll(() => at.callOf(identity)?.digits).toBe('9w5#');
		expect(at.callOf(identity)?.digitsBy).toBe('signalling');
	});

	test('messages are acknowledged', async () => {
		const phone = await at.registered();
		await phone.dial('100', { voice: 'silence' });
		const { callsid } = (await phone.next('answer')).payload;
		phone.send('message', {
			callsid,
			content: {},
			contenttype: 'application/json',
			messagetype: 'x',
			voiceeventsid: 'KX1'
		});
		expect((await phone.next('ack')).payload).toEqual({ acktype: 'message', callsid, voiceeventsid: 'KX1' });
	});
});

describe('calls to the phone', () => {
	const from = '+12025550190';

	test('are announced, answered, heard and hung up', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		const sid = await at.exchange.ring({
			identity,
			from,
			name: 'Ada',
			params: { note: 'x & y' },
			behaviour: 'tone-700'
		});
		const invite = await phone.next('invite');
		expect(invite.payload['callsid']).toBe(sid);
		const parameters = invite.payload['parameters'] as Record<string, string>;
		expect(parameters).toMatchObject({ From: from, To: `client:${identity}` });
		expect(Object.fromEntries(new URLSearchParams(parameters['Params']))).toEqual({
			CallerName: 'Ada',
			note: 'x & y'
		});
		await phone.answer(invite, { voice: { hertz: 1100 } });
		await phone.next('answer');
		await expect.poll(() => at.callOf(identity)?.tone, { timeout: 5000 }).toBe(1100);
		await expect.poll(() => phone.hearing.heard().tone, { timeout: 5000 }).toBe(700);
		expect(at.exchange.hangUp(sid)).toBe(true);
		await phone.next('hangup');
		expect(at.exchange.hangUp(sid)).toBe(false);
	});

	test('a caller who was not answered yet gives up when told to', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		const sid = await at.exchange.ring({ identity, from });
		await phone.next('invite');
		expect(at.exchange.hangUp(sid)).toBe(true);
		await phone.next('cancel');
		expect(at.callOf(identity)?.ended).toEqual({ by: 'far side', how: 'cancel' });
		expect(at.exchange.hangUp(sid)).toBe(false);
	});

	test('can be declined', async () => {
		const identity = at.newName();
		const phone = await at.registered(identity);
		await at.exchange.ring({ identity, from });
		phone.send('reject', { callsid: (await phone.next('invite')).payload['callsid'] });
		await expect.poll(() => at.callOf(identity)?.ended).toEqual({ by: 'phone', how: 'reject' });
	});

	test('go to the socket that registered last', async () => {
		const identity = at.newName();
		await at.registered(identity);
		const second = await at.registered(identity);
		const sid = await at.exchange.ring({ identity, from });
		expect((await second.next('invite')).payload['callsid']).toBe(sid);
	});

	test('are not possible without the grant', async () => {
		const phone = await at.opened();
		phone.send('listen', { token: at.exchange.mint('no-incoming', { identity: 'deaf' }) });
		await phone.next('connected');
		phone.send('register', { media: { audio: true } });
		await phone.next('ready');
		await expect(at.exchange.ring({ identity: 'deaf', from })).rejects.toThrow('deaf');
	});

	test('come after calling 133: two at once', async () => {
		const phone = await at.registered();
		await phone.dial('133');
		await phone.next('hangup');
		const callers = [await phone.next('invite'), await phone.next('invite')].map(
			(invite) => (invite.payload['parameters'] as Record<string, string>)['From']
		);
		expect(callers.sort()).toEqual(['+12025550190', 'client:bob']);
	});
});
