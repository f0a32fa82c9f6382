import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '#lib/core/scope.ts';
import { settled, type FakeCall } from '#lib/core/testing.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { Cell } from '#lib/core/watched.ts';
import type { Kiosk } from '#lib/state/kiosk-port.ts';
import { KioskAnswering } from './answering.ts';

const CHIME_MS = 1_500;

let bench: PhoneBench;
let scope: Scope;
let duty: Cell<Kiosk['duty']['value']>;
let rings: boolean[];
let chimes: number;
let isAudible: boolean;
let isStubborn: boolean;
let answering: KioskAnswering['answering'];

beforeEach(() => {
	bench = new PhoneBench();
	scope = new Scope();
	duty = new Cell<Kiosk['duty']['value']>('on');
	rings = [];
	chimes = 0;
	isAudible = true;
	isStubborn = false;
	const kiosk = new KioskAnswering({
		phone: bench.phone,
		sounds: { ring: (on) => rings.push(on) },
		duty,
		callers: () => ['client:gate*', '+1555*'],
		chime: (signal) => {
			chimes++;
			return new Promise((resolve) => {
				bench.clock.after(CHIME_MS, () => resolve(isAudible));
				signal.addEventListener('abort', () => !isStubborn && resolve(false));
			});
		},
		log: () => {},
		scope
	});
	answering = kiosk.answering;
});

const rung = async (address = 'client:gate-2'): Promise<FakeCall> => {
	const call = bench.line.rings(address);
	await settled();
	return call;
};

describe('answering without a tap', () => {
	it('sounds the chime first, then opens the microphone', async () => {
		const call = await rung();
		expect(answering.value).toBe(call);
		expect(rings).toEqual([false]);
		await bench.clock.pass(CHIME_MS - 1);
		expect(call.phase).toBe('ringing');
		await bench.clock.pass(1);
		expect(call.phase).toBe('connecting');
		expect(answering.value).toBeUndefined();
		expect(rings).toEqual([false]);
	});

	it.each(['client:alice', 'gate-2', 'sip:gate-2@example.com', '+4915500100', ''])(
		'is not for %s',
		async (address) => {
			const call = await rung(address);
			await bench.clock.pass(60_000);
			expect([call.phase, chimes, rings]).toEqual(['ringing', 0, []]);
		}
	);

	it.each(['starting', 'waits'] as const)('waits while the duty %s, and comes with it', async (phase) => {
		duty.set(phase);
		const call = await rung();
		await bench.clock.pass(5_000);
		expect([call.phase, chimes]).toEqual(['ringing', 0]);
		duty.set('on');
		await bench.clock.pass(CHIME_MS);
		expect(call.phase).toBe('connecting');
	});

	it('lets it ring where the chime was not heard, and does not try again', async () => {
		isAudible = false;
		const call = await rung();
		await bench.clock.pass(CHIME_MS);
		expect([call.phase, answering.value, rings]).toEqual(['ringing', undefined, [false, true]]);
		duty.set('waits');
		duty.set('on');
		await bench.clock.pass(60_000);
		expect([call.phase, chimes]).toEqual(['ringing', 1]);
	});

	it('opens nothing when the caller gives up meanwhile', async () => {
		const call = await rung();
		let answers = 0;
		call.gate = () => Promise.resolve(void answers++);
		await bench.clock.pass(CHIME_MS / 2);
		call.ends('missed');
		await bench.clock.pass(60_000);
		expect([answers, answering.value, rings]).toEqual([0, undefined, [false]]);
	});

	it.each(['answer', 'decline'] as const)('leaves it to a hand that comes first: %s', async (hand) => {
		const call = await rung();
		await (hand === 'answer' ? bench.phone.answer(call) : call.decline());
		await settled();
		expect(answering.value).toBeUndefined();
		await bench.clock.pass(60_000);
		expect(call.phase).toBe(hand === 'answer' ? 'connecting' : 'ended');
		expect(rings).toEqual([false]);
	});

	it('does not come into a call, nor beside another that rings', async () => {
		const first = await bench.talking();
		const second = await rung();
		await bench.clock.pass(60_000);
		expect([second.phase, chimes]).toEqual(['ringing', 0]);
		await bench.phone.hangUp(first);
		await bench.clock.pass(CHIME_MS);
		expect(second.phase).toBe('connecting');

		await bench.phone.hangUp(second);
		await rung('client:stranger');
		const third = await rung();
		await bench.clock.pass(60_000);
		expect(third.phase).toBe('ringing');
	});

	it.each([false, true])(
		'stops when somebody calls while the chime sounds, to its end: %s',
		async (toItsEnd) => {
			isStubborn = toItsEnd;
			const call = await rung();
			const own = await bench.talking();
			await bench.clock.pass(CHIME_MS);
			expect([call.phase, own.phase, answering.value]).toEqual(['ringing', 'talking', undefined]);
			expect(rings).toEqual([false]);
		}
	);

	it('lets another ring beside the chime', async () => {
		const call = await rung();
		const other = await rung('client:gate-3');
		await bench.clock.pass(CHIME_MS);
		expect([call.phase, other.phase]).toEqual(['connecting', 'ringing']);
	});

	it('ends with the page', async () => {
		const call = await rung();
		scope.end();
		await bench.clock.pass(60_000);
		expect(call.phase).toBe('ringing');
	});
});
