import { describe, expect, it } from 'vitest';
import { judge } from '#lib/diagnostics/judge.ts';
import { evidence, HEALTHY } from '#lib/diagnostics/testing.ts';
import type { Evidence } from '#lib/diagnostics/types.ts';
import { changesSince, keptRun, lastGood } from './run-changes.ts';

const kept = (all: Evidence, startedAt: number, stopped = false) =>
	keptRun({ ...judge(all), startedAt, durationMs: 1000, stopped, evidence: all });

const later = evidence({
	page: {
		build: { ...HEALTHY.page.build, running: { version: '1.3.0', commit: 'fedcba9' } },
		permissions: { ...HEALTHY.page.permissions, microphone: 'denied' }
	}
});

describe('what has changed between two runs', () => {
	it('is named, and nothing else', () => {
		expect(changesSince(kept(evidence(), 1), kept(later, 2))).toEqual([
			{ mark: 'app', before: '1.2.0 abcdef0', now: '1.3.0 fedcba9' },
			{ mark: 'microphone', before: 'granted', now: 'denied' }
		]);
		expect(changesSince(kept(evidence(), 1), kept(evidence(), 2))).toEqual([]);
	});

	it('names the line whose server is another one', () => {
		const moved = evidence({
			desk: {
				setup: {
					...HEALTHY.desk.setup,
					addresses: [{ role: 'token', written: 'https://new.example.com/t', source: 'config', used: true }]
				}
			}
		});
		expect(changesSince(kept(evidence(), 1), kept(moved, 2))).toContainEqual({
			mark: 'token',
			line: 'desk',
			before: 'tokens.example.com',
			now: 'new.example.com'
		});
	});

	it('is nothing where one of the two could not look', () => {
		const blind: Evidence = { ...evidence(), page: {} };
		expect(changesSince(kept(evidence(), 1), kept(blind, 2))).toEqual([]);
	});
});

it('the last good run is the newest that was whole, before this one', () => {
	const runs = [
		kept(evidence(), 50),
		kept(later, 40),
		kept(evidence(), 30, true),
		kept(evidence(), 20),
		kept(evidence(), 10)
	];
	expect(runs[1]?.verdict).not.toBe('healthy');
	expect(lastGood(runs, { startedAt: 45 })?.startedAt).toBe(20);
	expect(lastGood(runs, { startedAt: 60 })?.startedAt).toBe(50);
	expect(lastGood(runs, { startedAt: 5 })).toBeUndefined();
});
