import { beforeEach, describe, expect, test } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import type { Call, DialOptions, Line } from '#lib/core/line.ts';
import { FakeClock, settled } from '#lib/core/testing.ts';
import { constant } from '#lib/core/watched.ts';
import type { Echo } from './echo.ts';
import { open } from './line.ts';

/** Sound without a browser. */
class FakeEcho implements Echo {
	muted = false;
	held = false;
	closed = 0;
	sent = -20;
	connect = () => Promise.resolve();
	setMuted = (muted: boolean) => void (this.muted = muted);
	setHeld = (held: boolean) => void (this.held = held);
	levels = () => ({ sent: this.sent, heard: -25 });
	close = () => void this.closed++;
}

let clock: FakeClock;
let line: Line;
let echoes: FakeEcho[];
let openEcho: (signal: AbortSignal) => Promise<Echo>;
const none = () => {
	throw new LineError('app.unexpected');
};

beforeEach(() => {
	clock = new FakeClock();
	echoes = [];
	openEcho = () => {
		const echo = new FakeEcho();
		echoes.push(echo);
		return Promise.resolve(echo);
	};
	let ids = 0;
	line = open(
		{ id: 'practice', label: 'Practice line' },
		{
			clock,
			log: () => {},
			devices: { microphone: constant(''), speaker: constant(''), ringer: constant('') },
			audio: none,
			openMicrophone: none,
			newId: () => String(++ids),
			openEcho: (signal) => openEcho(signal)
		}
	);
});

const dial = (value: string, options?: DialOptions) => line.dial({ kind: 'code', value }, options);
const phase = (call: Call | undefined) => call?.state.value.phase;
const reason = (call: Call | undefined) => {
	const state = call?.state.value;
	return state?.phase === 'ended' ? state.how.reason : state?.phase;
};

test('it is ready at once, for calls in both directions', () => {
	expect(line.state.value).toEqual({ phase: 'ready', receiving: true });
	expect(line.can.dials).toContain('code');
});

test('nothing has to leave for its calls', async () => {
	let left = 0;
	await dial('1', { invited: () => left++ });
	expect(left).toBe(1);
});

describe('the numbering plan, at its pace', () => {
	test('1 rings after 400 ms, answers a second later, talks until it is hung up', async () => {
		const call = await dial('1');
		await clock.pass(399);
		expect(phase(call)).toBe('placing');
		await clock.pass(1);
		expect(phase(call)).toBe('ringing');
		await clock.pass(999);
		expect(phase(call)).toBe('ringing');
		await clock.pass(1);
		expect(phase(call)).toBe('talking');
		await clock.pass(3_600_000);
		await call.hangUp();
		expect(call.state.value).toMatchObject({ how: { reason: 'hung-up', talkedMs: 3_600_000 } });
		expect(echoes[0]?.closed).toBe(1);
	});

	test.for([
		['2', 400, 'busy'],
		['3', 8400, 'no-answer'],
		['5', 3400, 'remote-hung-up'],
		['6', 400, 'not-found'],
		['11', 400, 'not-found'],
		['+15550100', 400, 'not-found']
	] as const)('%s ends after %i ms as %s, without the microphone', async ([number, ms, how]) => {
		const call = await dial(number);
		await clock.pass(ms - 1);
		expect(reason(call)).toBe(ms === 400 ? 'placing' : 'ringing');
		await clock.pass(1);
		expect(reason(call)).toBe(how);
		expect(echoes).toHaveLength(0);
	});

	test('4 is lost after five seconds of talking', async () => {
		const call = await dial('4');
		await clock.pass(1400 + 4999);
		expect(phase(call)).toBe('talking');
		await clock.pass(1);
		expect(call.state.value).toMatchObject({
			how: { reason: 'failed', talkedMs: 5000, error: { fault: 'call.lost' } }
		});
	});

	test('5 calls back two seconds after it has hung up, and gives up after 30', async () => {
		await dial('5');
		await clock.pass(3400 + 1999);
		expect(line.calls.value).toEqual([]);
		await clock.pass(1);
		const [call] = line.calls.value;
		expect(call).toMatchObject({ direction: 'in', lineId: 'practice' });
		expect(call?.party.value).toMatchObject({ address: '5', name: 'Practice caller' });
		expect(call?.party.value.params.length).toBeGreaterThan(0);
		await clock.pass(29_999);
		expect(phase(call)).toBe('ringing');
		await clock.pass(1);
		expect(reason(call)).toBe('missed');
	});

	test('whoever hangs up on 5 before it does is not called back', async () => {
		const call = await dial('5');
		await clock.pass(1000);
		await call.hangUp();
		await clock.pass(60_000);
		expect(reason(call)).toBe('cancelled');
		expect(line.calls.value).toEqual([]);
	});

	test('an answered call back is not given up', async () => {
		await dial('5');
		await clock.pass(5400);
		const [call] = line.calls.value;
		await call?.answer();
		expect(phase(call)).toBe('connecting');
		await clock.pass(60_000);
		expect(phase(call)).toBe('talking');
	});
});

test('digits keep their pace and their order', async () => {
	const call = await dial('1');
	await clock.pass(1400);
	const sent = Promise.all([call.sendDigits('12'), call.sendDigits('w3')]);
	await settled();
	expect(call.digits.value).toBe('1');
	await clock.pass(159);
	expect(call.digits.value).toBe('1');
	await clock.pass(1);
	expect(call.digits.value).toBe('12');
	await clock.pass(160 + 499);
	expect(call.digits.value).toBe('12');
	await clock.pass(1);
	expect(call.digits.value).toBe('123');
	await clock.pass(160);
	await sent;
});

test('digits that a hang-up has cut off reject', async () => {
	const call = await dial('1');
	await clock.pass(1400);
	const faults = Promise.all(
		['12', '3'].map((digits) => call.sendDigits(digits).catch((error: LineError) => error.fault))
	);
	await settled();
	await call.hangUp();
	expect(await faults).toEqual([
		'command.not-now',
		expect.stringMatching(/^(command\.not-now|line\.closed)$/)
	]);
	expect(call.digits.value).toBe('1');
});

test('what was muted before the call was answered stays muted, held or not', async () => {
	const call = await dial('1');
	await call.setMuted(true);
	await clock.pass(1400);
	expect(echoes[0]).toMatchObject({ muted: true, held: false });
	await call.setHeld(true);
	await call.setHeld(false);
	expect(echoes[0]).toMatchObject({ muted: true, held: false });
});

test('four silent seconds are said, unless nobody is to be heard', async () => {
	const call = await dial('1');
	await clock.pass(1400);
	const echo = echoes[0];
	if (!echo) throw new Error('no sound');
	echo.sent = -Infinity;
	await clock.pass(3999);
	expect(call.warnings.value).toEqual([]);
	await clock.pass(1);
	expect(call.warnings.value).toEqual(['microphone-silent']);
	echo.sent = -30;
	await clock.pass(1000);
	expect(call.warnings.value).toEqual([]);
	await call.setHeld(true);
	echo.sent = -Infinity;
	await clock.pass(10_000);
	expect(call.warnings.value).toEqual([]);
});

test('the prompt is answered after the call is over: the microphone is let go', async () => {
	let answer = (_: Echo) => {};
	openEcho = () => new Promise((resolve) => (answer = resolve));
	const call = await dial('1');
	await call.hangUp();
	const late = new FakeEcho();
	answer(late);
	await settled();
	expect(late.closed).toBe(1);
	expect(reason(call)).toBe('cancelled');
});

test.for(['1', '2', '3', '4', '5'])(
	'%s leaves no timer when the line closes at any moment',
	async (number) => {
		for (let ms = 0; ms < 8000; ms += 370) {
			const waiting = clock.waiting;
			await dial(number);
			await clock.pass(ms);
			for (const call of line.calls.value) await call.hangUp();
			await clock.pass(40_000);
			expect(clock.waiting).toBe(waiting);
		}
		await dial(number);
		await clock.pass(3500);
		await line.close();
		expect(clock.waiting).toBe(0);
		expect(line.calls.value).toEqual([]);
		expect(line.state.value).toEqual({ phase: 'off' });
	}
);

test('an empty number and a kind it does not know are refused', async () => {
	await expect(dial(' ')).rejects.toMatchObject({ fault: 'address.empty' });
	await expect(line.dial({ kind: 'client', value: 'x' })).rejects.toMatchObject({
		fault: 'address.unsupported'
	});
});
