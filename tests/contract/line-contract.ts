import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallState } from '#lib/core/call-state.ts';
import type { Call, MediaSample } from '#lib/core/line.ts';
import { until } from '#lib/core/watched.ts';
import { describeIncoming } from './incoming-contract.ts';
import {
	HANG_UP_MS,
	PATIENCE,
	SILENCE,
	endingByUs,
	ends,
	fault,
	follow,
	patience,
	reaches,
	ready,
	talk,
	type Bench
} from './bench.ts';

export type { Bench } from './bench.ts';

const NOTHING_OPEN = { tracks: 0, peerConnections: 0, sockets: 0 };

const heard = (call: Call, test: (sample: MediaSample) => boolean) =>
	until(call.sample, (sample) => sample !== undefined && test(sample), patience());

/**
 * The law that every line obeys, whoever carries it. Each case gets a bench of its own. Of a line that nobody can call
 * (`receives: false`, which it must then say of itself) nothing is asked about incoming calls.
 */
export function describeLine(name: string, open: () => Promise<Bench>, { receives = true } = {}): void {
	describe(`${name} obeys the contract of a line`, { timeout: 4 * PATIENCE }, () => {
		let bench: Bench;

		beforeEach(async () => {
			bench = await open();
			await ready(bench.line);
		});

		test('says whether it can be called', () => {
			expect(bench.line.can.receives).toBe(receives);
		});

		afterEach(async () => {
			await bench.line.close();
			await expect.poll(() => bench.live(), { timeout: 1000 }).toEqual(NOTHING_OPEN);
			await bench.close();
		});

		describe('outgoing', () => {
			test('a call goes through its phases in order, and is on the list while it lives', async () => {
				const call = await bench.line.dial(bench.dialable.echo);
				const steps = follow(call);
				expect(call).toMatchObject({ direction: 'out', lineId: bench.line.id });
				expect(call.state.value.phase).toBe('placing');
				expect(bench.line.calls.value).toEqual([call]);
				const { since } = await reaches(call, 'talking');
				await call.hangUp();
				const how = await ends(call, 'hung-up');
				expect(how.talkedMs).toBeCloseTo(how.at - since, 3);
				expect(steps.check().slice(-3)).toEqual(['connecting', 'talking', 'ended']);
				expect(bench.line.calls.value).toEqual([]);
			});

			test('busy, not found and no answer each have their reason', async () => {
				const { busy, notFound, noAnswer, refused } = bench.dialable;
				await ends(await bench.line.dial(busy), 'busy');
				await ends(await bench.line.dial(notFound), 'not-found');
				if (refused) await ends(await bench.line.dial(refused), 'refused');
				const call = await bench.line.dial(noAnswer);
				await reaches(call, 'ringing');
				expect(await ends(call, 'no-answer')).toMatchObject({ talkedMs: 0 });
				expect(bench.line.calls.value).toEqual([]);
			});

			test('a call that is lost after the answer says why', async () => {
				const call = await bench.line.dial(bench.dialable.dropsAfterAnswer);
				await reaches(call, 'talking');
				const how = await ends(call, 'failed');
				expect(how.error?.fault).toBeDefined();
			});

			test('an aborted dial rejects and leaves nothing behind', async () => {
				const early = bench.line.dial(bench.dialable.echo, { signal: AbortSignal.abort() });
				expect(await fault(early)).toBeDefined();
				const abort = new AbortController();
				const late = bench.line.dial(bench.dialable.echo, { signal: abort.signal });
				abort.abort();
				// Whoever has resolved already has made a call, and that call is cancelled.
				await late.then(
					(call) => ends(call, 'cancelled'),
					(error: unknown) => expect(error).toMatchObject({ name: 'LineError' })
				);
				await until(bench.line.calls, (calls) => calls.length === 0, patience());
				expect(bench.live().tracks).toBe(0);
			});

			test('an address of a kind that the line does not dial is refused', async () => {
				const kinds = ['number', 'client', 'sip', 'room', 'code'] as const;
				for (const kind of kinds.filter((kind) => !bench.line.can.dials.includes(kind)))
					expect(await fault(bench.line.dial({ kind, value: 'x' }))).toBe('address.unsupported');
			});
		});

		describe('hang-up', () => {
			const phases: CallState['phase'][] = ['placing', 'ringing', 'connecting', 'talking'];
			test.for(phases)('while %s ends the call at once', async (phase) => {
				const { echo, noAnswer } = bench.dialable;
				const call = await bench.line.dial(phase === 'ringing' ? noAnswer : echo);
				await reaches(call, phase);
				const reason = endingByUs(call);
				const hungUp = call.hangUp();
				await ends(call, reason, HANG_UP_MS);
				await hungUp;
				await call.hangUp();
				expect(bench.line.calls.value).toEqual([]);
			});

			test('of a held call', async () => {
				const held = await talk(bench);
				if (bench.line.can.hold) await held.setHeld(true);
				await held.hangUp();
				await ends(held, 'hung-up', HANG_UP_MS);
			});
		});

		describe('talking', () => {
			test('is measured: the voice goes out, and the echo comes back', async () => {
				const call = await talk(bench);
				const sample = await heard(call, (now) => now.sentLevel > SILENCE && now.heardLevel > SILENCE);
				for (const level of [sample?.sentLevel, sample?.heardLevel]) {
					expect(Number.isFinite(level)).toBe(true);
					expect(level).toBeLessThanOrEqual(0);
				}
				const next = await heard(call, ({ at }) => at > (sample?.at ?? 0));
				expect(next?.at).toBeGreaterThan(sample?.at ?? 0);
			});

			test('mute is silence at the far side, and unmute is the voice again', async () => {
				const call = await talk(bench);
				await heard(call, ({ heardLevel }) => heardLevel > SILENCE);
				await call.setMuted(true);
				expect(call.muted.value).toBe(true);
				await heard(call, ({ heardLevel }) => heardLevel < SILENCE);
				if (bench.farSide) expect(await bench.farSide.heard(call)).toBeLessThan(SILENCE);
				await call.setMuted(false);
				expect(call.muted.value).toBe(false);
				await heard(call, ({ heardLevel }) => heardLevel > SILENCE);
				if (bench.farSide) expect(await bench.farSide.heard(call)).toBeGreaterThan(SILENCE);
			});

			test('a storm of mutes ends as last asked', async () => {
				const call = await bench.line.dial(bench.dialable.echo);
				const storm = (last: boolean) =>
					Promise.all(Array.from({ length: 10 }, (_, at) => call.setMuted(at % 2 === 1 ? last : !last)));
				await storm(true);
				expect(call.muted.value).toBe(true);
				await reaches(call, 'talking');
				expect(call.muted.value).toBe(true);
				await storm(false);
				expect(call.muted.value).toBe(false);
				await heard(call, ({ heardLevel }) => heardLevel > SILENCE);
			});

			test('hold is silence here, and keeps what was muted', async () => {
				const call = await talk(bench);
				if (!bench.line.can.hold) return expect(await fault(call.setHeld(true))).toBe('command.unsupported');
				await heard(call, ({ heardLevel }) => heardLevel > SILENCE);
				await call.setHeld(true);
				expect(call.state.value).toMatchObject({ phase: 'talking', held: true });
				await heard(call, ({ heardLevel }) => heardLevel < SILENCE);
				await call.setMuted(true);
				await call.setHeld(false);
				expect(call.state.value).toMatchObject({ phase: 'talking', held: false });
				expect(call.muted.value).toBe(true);
				await call.setMuted(false);
				await heard(call, ({ heardLevel }) => heardLevel > SILENCE);
			});

			test('digits go out in order, and are shown as sent', async () => {
				const call = await talk(bench);
				if (!bench.line.can.digits)
					return expect(await fault(call.sendDigits('1'))).toBe('command.unsupported');
				await Promise.all([call.sendDigits('1w2'), call.sendDigits('#*'), call.sendDigits('0')]);
				expect(call.digits.value).toBe('12#*0');
				const { farSide } = bench;
				if (farSide) await expect.poll(() => farSide.digits(call), { timeout: PATIENCE }).toBe('12#*0');
				expect(await fault(call.sendDigits('12x'))).toBeDefined();
				expect(call.digits.value).toBe('12#*0');
			});

			test('two calls at once: either ends and leaves the other', async () => {
				for (const first of [true, false]) {
					const older = await talk(bench);
					const newer = await talk(bench);
					expect(bench.line.calls.value).toEqual([older, newer]);
					const [ending, staying] = first ? [older, newer] : [newer, older];
					await ending.hangUp();
					await ends(ending, 'hung-up');
					const endedAt = staying.sample.value?.at ?? 0;
					await heard(staying, ({ at, heardLevel }) => at > endedAt && heardLevel > SILENCE);
					expect(staying.state.value.phase).toBe('talking');
					await staying.hangUp();
					expect(bench.line.calls.value).toEqual([]);
				}
			});
		});

		test('a command in the wrong phase rejects', async () => {
			const call = await bench.line.dial(bench.dialable.noAnswer);
			for (const command of ['answer', 'decline', 'ignore'] as const)
				expect(await fault(call[command]()), command).toBe('command.not-now');
			expect(await fault(call.setHeld(true))).toBe('command.not-now');
			await call.hangUp();
			expect(await fault(call.setMuted(true))).toBe('command.not-now');
			expect(await fault(call.setHeld(true))).toBe('command.not-now');
			expect(await fault(call.sendDigits('1'))).toBe('command.not-now');
			expect(await fault(call.answer())).toBe('command.not-now');
			expect(call.muted.value).toBe(false);
		});

		describe('close', () => {
			const phases: CallState['phase'][] = ['placing', 'ringing', 'connecting', 'talking'];
			test.for(phases)('while a call is %s ends it and lets go of everything', async (phase) => {
				const { echo, noAnswer } = bench.dialable;
				const call = await bench.line.dial(phase === 'ringing' ? noAnswer : echo);
				await reaches(call, phase);
				await bench.line.close();
				await ends(call, 'line-closed');
			});

			test('twice is harmless, and afterwards every command rejects', async () => {
				const call = await talk(bench);
				await Promise.all([bench.line.close(), bench.line.close()]);
				expect(bench.line.state.value.phase).toBe('off');
				expect(bench.line.calls.value).toEqual([]);
				expect(await fault(bench.line.dial(bench.dialable.echo))).toBe('line.closed');
				expect(await fault(bench.line.reopen())).toBe('line.closed');
				expect(await fault(call.setMuted(true))).toBe('command.not-now');
				await call.hangUp();
			});
		});

		if (receives) describeIncoming(() => bench);

		test('reopen makes the line ready again and keeps its calls', async () => {
			const call = await talk(bench);
			await bench.line.reopen();
			expect(bench.line.state.value.phase).toBe('ready');
			expect(bench.line.calls.value).toEqual([call]);
			await heard(call, ({ heardLevel }) => heardLevel > SILENCE);
		});
	});
}
