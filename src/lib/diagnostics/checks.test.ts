import { describe, expect, it } from 'vitest';
import { ground } from './check-rows/ground.ts';
import { tokens } from './check-rows/tokens.ts';
import { sockets } from './check-rows/sockets.ts';
import { lines } from './check-rows/lines.ts';
import { judge } from './judge.ts';
import { evidence, type Changes } from './testing.ts';
import type { Verdict } from './types.ts';

/** What one check says, of the subject in which it says anything but "fine" or "not for me". */
function verdictOf(check: string, changes: Changes): Verdict {
	const own = judge(evidence(changes)).results.filter((result) => result.check === check);
	const telling = own.find(({ verdict: { outcome } }) => outcome !== 'pass' && outcome !== 'skipped');
	const verdict = (telling ?? own[0])?.verdict;
	if (!verdict) throw new Error(`no check ${check}`);
	return verdict;
}

describe('checks', () => {
	it.each([...ground, ...tokens, ...sockets, ...lines])('%s: %s', (check, _what, changes, expected) => {
		const verdict = verdictOf(check, changes);
		if (expected === 'pass') return expect(verdict.outcome).toBe('pass');
		const [outcome, name, sure] = expected;
		const isFinding = outcome === 'fail' || outcome === 'warn';
		expect(verdict).toMatchObject({
			outcome,
			...(isFinding ? { cause: name } : { reason: name }),
			...(sure ? { sure } : {})
		});
	});
});
