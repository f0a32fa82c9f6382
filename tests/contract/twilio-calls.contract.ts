// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { describe, expect, test } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import { until } from '#lib/core/watched.ts';
import { PATIENCE, ends, fault, patience, reaches, ready } from './bench.ts';
import { eventually, number, phones, rung, talk } from './twilio-bench.ts';

const phone = phones(liveNow);

describe('outgoing', { timeout: 4 * PATIENCE }, () => {
	test('packets go both ways', async () => {
		const handset = phone();
		const call = await talk(handset);
		await expect.poll(async () => (await handset.observe(call)).rtpIn, eventually).toBeGreaterThan(50);
		await expect.poll(() => call.sample.value?.packetsReceived, eventually).toBeGreaterThan(50);
		expect(call.reference.value).toMatch(/^CA[0-9a-f]{32}$/);
		expect(call.sample.value?.mos).toBeGreaterThan(4);
	});

	test('the invite waits for what must come before it', async () => {
		const handset = phone();
		await ready(handset.line);
		let written = () => {};
		const after = new Promise<void>((resolve) => (written = resolve));
		let invites = 0;
		const call = await handset.line.dial(number(100), { after, invited: () => invites++ });
		await expect.poll(() => liveNow().tracks, eventually).toBe(1);
		// A second line registers meanwhile, longer than the SDK takes from the microphone to the invite.
		await ready(phone().line);
		expect(liveNow().peerConnections).toBe(0);
		expect(call.state.value.phase).toBe('placing');
		expect(invites).toBe(0);
		written();
		await expect.poll(() => invites, eventually).toBe(1);
		expect(liveNow().peerConnections).toBe(1);
		await reaches(call, 'talking');
		expect(invites).toBe(1);
	});

	test('parameters and the caller id go along', async () => {
		const dial = {
			numberParam: 'Callee',
			callerIdParam: 'CallerId',
			callerIds: ['+15550100', '+15550101'],
			params: { To: 'client:echo', team: 'a b' }
		};
		const handset = phone({ settings: { dial } });
		await ready(handset.line);
		const to = { kind: 'client', value: 'bob' } as const;
		const call = await handset.line.dial(to, { callerId: '+15550101', params: { ticket: 'x&y' } });
		await until(call.reference, (sid) => sid?.startsWith('CA') ?? false, patience());
		expect((await handset.observe(call)).params).toEqual({
			Callee: 'client:bob',
			To: 'client:echo',
			CallerId: '+15550101',
			team: 'a b',
			ticket: 'x&y'
		});
		expect(await fault(handset.line.dial(to, { callerId: '+1999' }))).toBe('call.bad-caller-id');
	});

	test.for([
		[140, 'call.refused', 31002],
		[141, 'twilio-token.refused', 31201],
		[142, 'twilio-token.wrong-secret', 31202],
		[144, 'twilio-token.expired', 31205],
		[145, 'twilio-signalling.rate-limited', 31206],
		[146, 'twilio-token.refused', 31201],
		[104, 'call.unavailable', 31480]
	] as const)('%i: %s', async ([short, named, code]) => {
		const { line } = phone();
		await ready(line);
		const how = await ends(await line.dial(number(short)), 'failed');
		expect(how.error).toMatchObject({ fault: named, vendorCode: code });
		expect(how.error?.cause).toBeUndefined();
	});

	test('half a character in a name is sent as what people see of it', async () => {
		const dial = {
			numberParam: 'Callee',
			callerIds: [],
			params: { To: 'client:echo', team: '\udc00' }
		};
		const handset = phone({ settings: { dial } });
		await ready(handset.line);
		const call = await handset.line.dial({ kind: 'client', value: 'Ada \ud83d' });
		await reaches(call, 'talking');
		expect((await handset.observe(call)).params).toEqual({
			Callee: 'client:Ada \ufffd',
			To: 'client:echo',
			team: '\ufffd'
		});
	});

	test('a token that cannot call out ends the call before anybody is asked', async () => {
		const { line } = phone({ tokens: () => 'no-outgoing', settings: { incoming: false } });
		await ready(line);
		const how = await ends(await line.dial(number(100)), 'failed');
		expect(how.error?.fault).toBe('twilio-token.no-outgoing-app');
	});

	test('an invite that is never answered is given up, and the line made anew', async () => {
		const { line, phone: seen } = phone({ hasty: true });
		await ready(line);
		const how = await ends(await line.dial(number(107)), 'failed');
		expect(how.error?.fault).toBe('call.no-response');
		await expect.poll(async () => (await seen())?.registers, eventually).toBe(2);
	});

	test('an answer without media is never called talking', async () => {
		const { line } = phone({ hasty: true });
		await ready(line);
		const call = await line.dial(number(108));
		await reaches(call, 'connecting');
		const how = await ends(call, 'failed');
		expect(how).toMatchObject({ talkedMs: 0, error: { fault: 'media.not-connected' } });
	});

	test('a gateway that cannot be reached ends a call in time', async () => {
		const { line } = phone({ settings: { gateway: 'localhost:1' }, hasty: true });
		const how = await ends(await line.dial(number(100)), 'failed');
		expect(how.error?.fault).toBe('twilio-signalling.unreachable');
	});

	test('a microphone that does not open ends the call with its own name', async () => {
		const openMicrophone = () => Promise.reject(new LineError('microphone.missing'));
		const { line } = phone({ openMicrophone });
		await ready(line);
		const how = await ends(await line.dial(number(100)), 'failed');
		expect(how.error?.fault).toBe('microphone.missing');
	});

	test('while the microphone is being asked for, no deadline runs, and hanging up works', async () => {
		let allow: (stream: MediaStream) => void = () => {};
		const openMicrophone = () => new Promise<MediaStream>((resolve) => (allow = resolve));
		const { line } = phone({ openMicrophone, hasty: true });
		await ready(line);
		const call = await line.dial(number(100));
		const began = performance.now();
		await expect.poll(() => performance.now() - began, eventually).toBeGreaterThan(4000);
		expect(call.state.value.phase).toBe('placing');
		await call.hangUp();
		await ends(call, 'cancelled');
		allow(await navigator.mediaDevices.getUserMedia({ audio: true }));
		await expect.poll(() => liveNow().tracks).toBe(0);
	});

	test('a call that is hung up on the far side', async () => {
		const how = await ends(await talk(phone(), 112), 'remote-hung-up');
		expect(how.talkedMs).toBeGreaterThan(1000);
	});
});

describe('incoming', { timeout: 4 * PATIENCE }, () => {
	test('comes with name and parameters', async () => {
		const { line, ring } = phone();
		await ready(line);
		const sid = await ring();
		const call = await rung(line);
		expect(call).toMatchObject({ direction: 'in' });
		expect(call.reference.value).toBe(sid);
		expect(call.party.value).toEqual({
			address: '+12025550190',
			name: 'Ada Caller',
			params: [
				['CallerName', 'Ada Caller'],
				['ticket', '4711']
			]
		});
	});

	test('declining is told to the caller, ignoring is not', async () => {
		const { line, ring, observe } = phone();
		await ready(line);
		await ring();
		const declined = await rung(line);
		await declined.decline();
		await expect
			.poll(async () => (await observe(declined)).ended, eventually)
			.toMatchObject({ how: 'reject' });
		await ring();
		const ignored = await rung(line);
		await ignored.ignore();
		await ring();
		await rung(line);
		expect(await observe(ignored)).toMatchObject({ state: 'ringing', ended: null });
	});

	test('it keeps its name while a call out from here begins to ring', async () => {
		const { line, ring, observe } = phone();
		await ready(line);
		let written = () => {};
		const after = new Promise<void>((resolve) => (written = resolve));
		const out = await line.dial(number(101), { after });
		await expect.poll(() => liveNow().tracks, eventually).toBe(1);
		const sid = await ring();
		await until(line.calls, (calls) => calls.length === 2, patience());
		const incoming = line.calls.value.find(({ direction }) => direction === 'in');
		if (!incoming) throw new Error('it does not ring');
		written();
		await reaches(out, 'ringing');
		await incoming.decline();
		expect(incoming.reference.value).toBe(sid);
		await expect
			.poll(async () => (await observe(incoming)).ended, eventually)
			.toMatchObject({ how: 'reject' });
		await reaches(out, 'talking');
	});

	test('answered, and hung up on the far side', async () => {
		const { line, ring } = phone();
		await ready(line);
		await ring('hangs-up');
		const call = await rung(line);
		await call.answer();
		await reaches(call, 'talking');
		expect(await fault(call.answer())).toBe('command.not-now');
		await ends(call, 'remote-hung-up');
	});

	test('a call that rings when the socket goes is missed', async () => {
		const { line, ring, control } = phone();
		await ready(line);
		await ring();
		const call = await rung(line);
		await control('drop');
		const how = await ends(call, 'missed');
		expect(how.error?.fault).toBe('twilio-signalling.interrupted');
		await until(line.state, ({ phase }) => phase === 'recovering', patience());
		await until(line.state, ({ phase }) => phase === 'ready', patience());
	});
});
