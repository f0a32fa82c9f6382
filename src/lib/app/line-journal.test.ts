import { describe, expect, it } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import type { LineState } from '#lib/core/line-state.ts';
import type { Line, Token } from '#lib/core/line.ts';
import { Scope } from '#lib/core/scope.ts';
import { Secret } from '#lib/core/secret.ts';
import { FakeClock } from '#lib/core/testing.ts';
import { Cell } from '#lib/core/watched.ts';
import { LineJournal } from './line-journal.ts';

const lost = new LineError('twilio-signalling.interrupted', { vendorCode: 31005 });

function bench() {
	const clock = new FakeClock();
	const state = new Cell<LineState>({ phase: 'opening' });
	const lines = new Cell<readonly Line[]>([{ id: 'desk', state } as unknown as Line]);
	const journal = new LineJournal({ lines, clock, scope: new Scope() });
	const recovering = (attempt: number, wasReady = true) =>
		state.set({ phase: 'recovering', because: lost, attempt, wasReady });
	return { clock, state, journal, recovering };
}

describe('the journal of lines', () => {
	it('has the present state, and since when', async () => {
		const { clock, state, journal } = bench();
		await clock.pass(500);
		state.set({ phase: 'ready', receiving: true });
		expect(journal.of('desk')).toMatchObject({
			phase: 'ready',
			receiving: true,
			wasReady: true,
			since: clock.now(),
			readySince: clock.now(),
			interruptions: []
		});
		expect(journal.of('other')).toBeUndefined();
	});

	it('remembers what was lost, when it came back, and the last failure', async () => {
		const { clock, state, journal, recovering } = bench();
		state.set({ phase: 'ready', receiving: true });
		await clock.pass(1000);
		const at = clock.now();
		recovering(1);
		recovering(2);
		expect(journal.of('desk')).toMatchObject({ phase: 'recovering', attempts: 2, wasReady: true, since: at });
		await clock.pass(2000);
		state.set({ phase: 'ready', receiving: true });
		const now = journal.of('desk');
		expect(now?.interruptions).toEqual([{ at, backAfterMs: 2000, fault: 'twilio-signalling.interrupted' }]);
		expect(now?.lastFailure).toMatchObject({ fault: 'twilio-signalling.interrupted', vendorCode: 31005 });
		expect(now).not.toHaveProperty('because');
	});

	it('does not take for an interruption what never worked', () => {
		const { journal, recovering } = bench();
		recovering(1, false);
		expect(journal.of('desk')).toMatchObject({ phase: 'recovering', wasReady: false, interruptions: [] });
	});

	it('notes when tokens end and how often they were new, and never what they are', async () => {
		const { state, journal } = bench();
		state.set({ phase: 'ready', receiving: true });
		const tokens: Token[] = [1, 2].map((n) => ({
			secret: new Secret(`s${n}`),
			expiresAt: n,
			identity: 'alice'
		}));
		let turn = 0;
		const source = journal.follow('desk', {
			token: async () => tokens[Math.min(turn++ >> 1, 1)] as Token,
			discard: () => {}
		});
		await source.token();
		await source.token();
		expect(journal.of('desk')).toMatchObject({ tokenExpiresAt: 1, tokenRenewals: 0 });
		await source.token();
		expect(journal.of('desk')).toMatchObject({ tokenExpiresAt: 2, tokenRenewals: 1 });
		expect(journal.identityOf('desk')).toBe('alice');
	});
});
