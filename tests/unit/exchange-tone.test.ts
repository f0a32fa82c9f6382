import { describe, expect, test } from 'vitest';
import { Hearing } from '../exchange/hearing.ts';
import { amplitudeOf, decodePcmu, encodePcmu, tonePacket } from '../exchange/tone.ts';

const second = (hertz: number, amplitude: number): Float32Array =>
	Float32Array.from(
		Array.from({ length: 50 }, (_, i) => Array.from(decodePcmu(tonePacket(hertz, i, amplitude)))).flat()
	);

describe('PCMU', () => {
	test.each([
		[0, 0xff],
		[1, 0x80],
		[-1, 0x00]
	])('%f is byte %i', (sample, byte) => {
		expect(encodePcmu(Float32Array.of(sample))[0]).toBe(byte);
	});

	test('every byte survives the way through samples', () => {
		const bytes = Uint8Array.from({ length: 256 }, (_, i) => i).filter((byte) => byte !== 0x7f);
		expect([...encodePcmu(decodePcmu(bytes))]).toEqual([...bytes]);
	});
});

describe('tones', () => {
	test('are told apart and measured', () => {
		const heard = second(700, 0.4);
		expect(amplitudeOf(700, heard)).toBeCloseTo(0.4, 1);
		for (const other of [440, 1000, 1100]) expect(amplitudeOf(other, heard)).toBeLessThan(0.01);
	});

	test('what is heard has a level and a name; silence has neither', () => {
		const hearing = new Hearing();
		expect(hearing.heard()).toMatchObject({ level: null, tone: null });
		for (let i = 0; i < 50; i++) hearing.audio(tonePacket(1000, i, 0.3), true);
		expect(hearing.heard()).toMatchObject({ tone: 1000 });
		expect(hearing.heard().level).toBeCloseTo(0.3, 1);

		const quiet = new Hearing();
		for (let i = 0; i < 50; i++) quiet.audio(new Uint8Array(160).fill(0xff), true);
		expect(quiet.heard()).toMatchObject({ level: 0, tone: null });
	});
});

test('a key press is one digit however many packets it takes', () => {
	const hearing = new Hearing();
	for (const [digit, timestamp] of [
		[1, 100],
		[1, 100],
		[1, 900],
		[11, 2000],
		[11, 2000]
	] as const) {
		hearing.event(Uint8Array.of(digit, 10, 0, 160), timestamp);
	}
	expect(hearing.digits).toBe('11#');
	expect(hearing.digitsBy).toBe('rtp');
});
