import { describe, expect, test } from 'vitest';
import type { Call, MediaSample } from '#lib/core/line.ts';
import { until } from '#lib/core/watched.ts';
import {
	called,
	ends,
	fault,
	follow,
	HANG_UP_MS,
	patience,
	reaches,
	SILENCE,
	talk,
	type Bench
} from './bench.ts';

const heard = (call: Call, test: (sample: MediaSample) => boolean) =>
	until(call.sample, (sample) => sample !== undefined && test(sample), patience());

/** What the contract asks about calls that come in; `bench` is the one of the case that runs. */
export function describeIncoming(bench: () => Bench): void {
	describe('hang-up of an incoming call', () => {
		test('that rings here declines it', async () => {
			const ringing = await called(bench(), bench().dialable.callsBack);
			await ringing.hangUp();
			await ends(ringing, 'declined', HANG_UP_MS);
		});
	});
	describe('incoming', () => {
		test('rings with its party, is answered, talks', async () => {
			const call = await called(bench(), bench().dialable.callsBack);
			const steps = follow(call);
			expect(call.state.value.phase).toBe('ringing');
			expect(call.party.value.address).not.toBe('');
			await call.answer();
			await reaches(call, 'talking');
			await heard(call, ({ heardLevel }) => heardLevel > SILENCE);
			await call.hangUp();
			await ends(call, 'hung-up');
			expect(steps.check()).toEqual(['ringing', 'connecting', 'talking', 'ended']);
		});

		test('is declined', async () => {
			const call = await called(bench(), bench().dialable.callsBack);
			await call.decline();
			expect(await ends(call, 'declined')).toMatchObject({ talkedMs: 0 });
		});

		test('is ignored', async () => {
			const call = await called(bench(), bench().dialable.callsBack);
			await call.ignore();
			await ends(call, 'ignored');
			expect(bench().line.calls.value).toEqual([]);
		});

		test('is missed when the caller gives up', async () => {
			const call = await called(bench(), bench().dialable.givesUp ?? bench().dialable.callsBack);
			await ends(call, 'missed');
			expect(await fault(call.answer())).toBe('command.not-now');
		});
	});
	describe('talking to one, called by another', () => {
		test('answering a second call leaves the first', async () => {
			const first = await talk(bench());
			const second = await called(bench(), bench().dialable.callsBack);
			await second.answer();
			await reaches(second, 'talking');
			expect(first.state.value.phase).toBe('talking');
			await second.hangUp();
			await heard(first, ({ heardLevel }) => heardLevel > SILENCE);
		});
	});
	describe('close of a line that is being called', () => {
		test('while a call rings here', async () => {
			const call = await called(bench(), bench().dialable.callsBack);
			await bench().line.close();
			await ends(call, 'line-closed');
		});
	});
}
