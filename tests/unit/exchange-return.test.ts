import { describe, expect, test } from 'vitest';
import { useExchange } from './at-the-exchange.ts';
import type { Frame, WirePhone } from './wire-phone.ts';

const at = useExchange();

describe('coming back to a call', () => {
	async function talking(identity: string): Promise<{ phone: WirePhone; answer: Frame; sdp: string }> {
		const phone = await at.registered(identity);
		const sdp = await phone.offer({ voice: 'silence' });
		phone.send('invite', { callsid: 'TJStemporary', sdp, twilio: { params: 'To=100' } });
		return { phone, answer: await phone.next('answer'), sdp };
	}
	const returning = ({ answer, sdp }: { answer: Frame; sdp: string }): object => ({
		callsid: answer.payload['callsid'],
		reconnect: answer.payload['reconnect'],
		sdp,
		twilio: {}
	});

	test('on another socket, with the same connection: no new SDP', async () => {
		const identity = at.newName();
		const call = await talking(identity);
		expect(at.exchange.drop(identity)).toBe(1);
		expect(await call.phone.closed).toBe(1006);
		const again = await at.registered(identity);
		again.send('invite', returning(call));
		const answer = await again.next('answer');
		expect(answer.payload['callsid']).toBe(call.answer.payload['callsid']);
		expect(answer.payload['sdp']).toBeUndefined();
		expect(at.callOf(identity)).toMatchObject({ state: 'answered', reconnects: 1 });
	});

	test('with another connection: the former socket loses its say', async () => {
		const identity = at.newName();
		const call = await talking(identity);
		const other = await at.opened();
		other.send('listen', { token: at.exchange.mint('good', { identity }) });
		await other.next('connected');
		other.send('invite', { ...returning(call), sdp: await other.offer({ voice: { hertz: 700 } }) });
		await other.connect(await other.next('answer'));
		call.phone.send('hangup', { callsid: call.answer.payload['callsid'] });
		await expect.poll(() => at.callOf(identity)?.tone, { timeout: 5000 }).toBe(700);
		expect(at.callOf(identity)?.state).toBe('answered');
	});

	test('with a wrong token, or as somebody else', async () => {
		const call = await talking(at.newName());
		call.phone.send('invite', { ...returning(call), reconnect: 'guessed' });
		expect((await call.phone.next('hangup')).payload.error?.code).toBe(31209);
		const stranger = await at.registered();
		stranger.send('invite', returning(call));
		expect((await stranger.next('hangup')).payload.error?.code).toBe(31005);
	});
});
