import { describe, expect, it } from 'vitest';
import { ROWS } from './fault-rows/index.ts';
import { judge } from './judge.ts';
import { evidence } from './testing.ts';

describe('each fault of the table', () => {
	it.each(ROWS)('%s: %s comes first, and nothing of its consequences is listed', (_id, cause, changes) => {
		const { findings, verdict } = judge(evidence(changes));
		expect(findings.map((finding) => finding.cause)).toEqual([cause]);
		expect(['blocked', 'degraded']).toContain(verdict);
	});
});
