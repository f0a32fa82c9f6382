import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf } from './causes.ts';
import { CHECKS } from './checks/index.ts';
import { ROWS } from './fault-rows/index.ts';
import { judge } from './judge.ts';
import { evidence, HEALTHY, type Changes } from './testing.ts';
import type { AnyCheck, Evidence, Gathered, Verdict } from './types.ts';

const RUNS = { numRuns: 300, seed: 4 };

/** Any topic as some row of the table saw it, crashed, or not there at all; of every subject on its own. */
const anyTopic = (part: keyof Changes, topic: string): fc.Arbitrary<Gathered<unknown> | undefined> => {
	const healthy = (HEALTHY[part] as unknown as Record<string, unknown>)[topic];
	const seen = ROWS.map(([, , changes]) => (changes[part] as Record<string, unknown> | undefined)?.[topic]);
	const values = [healthy, ...seen.filter((value) => value !== undefined)];
	return fc.oneof(
		{
			weight: 5,
			arbitrary: fc.constantFrom(...values).map((value) => ({ ok: true as const, value, ms: 10 }))
		},
		{
			weight: 2,
			arbitrary: fc.constantFrom('denied', 'timeout', 'unsupported', 'crashed', 'stopped').map((why) => {
				return { ok: false as const, why: why as 'denied', detail: 'no', ms: 5 };
			})
		},
		{ weight: 1, arbitrary: fc.constant(undefined) }
	);
};
const anySubject = (part: keyof Changes) =>
	fc
		.record(Object.fromEntries(Object.keys(HEALTHY[part]).map((topic) => [topic, anyTopic(part, topic)])))
		.map((known) => Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
	page: anySubject('page'),
	lines: fc.record({ desk: anySubject('desk'), agent: anySubject('agent') }),
	probes: fc.record({ voice: anySubject('voice') })
});

describe('judging', () => {
	it('never throws, and no check trips, whatever of the evidence is there', () => {
		fc.assert(
			fc.property(anyEvidence, (seen) => {
				const { results } = judge(seen);
				expect(
					results.filter(({ verdict }) => 'reason' in verdict && verdict.reason === 'check-crashed')
				).toEqual([]);
			}),
			RUNS
		);
	});

	it('says nothing about what was not seen', () => {
		const empty: Evidence = { page: {}, lines: {}, probes: {} };
		expect(judge(empty)).toMatchObject({ verdict: 'unknown', findings: [] });
		const crashed = { ok: false, why: 'crashed', detail: 'x', ms: 1 } as const;
		const allCrashed = (part: keyof Changes) =>
			Object.fromEntries(Object.keys(HEALTHY[part]).map((topic) => [topic, crashed]));
		const { findings, results, verdict } = judge({
			page: allCrashed('page'),
			lines: { desk: allCrashed('desk') },
			probes: { voice: allCrashed('voice') }
		});
		expect(findings).toEqual([]);
		expect(verdict).toBe('unknown');
		expect(results.filter((result) => result.verdict.outcome === 'pass')).toEqual([]);
	});

	it('lists no consequence beside its cause', () => {
		fc.assert(
			fc.property(anyEvidence, (seen) => {
				const { findings, results } = judge(seen);
				const explainersOf = (check: string, line: string | null, probe: string | null) => {
					const found = results.find(
						(one) => one.check === check && one.line === line && one.probe === probe
					);
					const own = found && 'explainedBy' in found.verdict ? found.verdict.explainedBy : undefined;
					return own ?? CHECKS.find(({ id }) => id === check)?.explainedBy ?? [];
				};
				for (const one of findings)
					for (const other of findings) {
						const isAround = other.line === null && other.probe === null;
						const isSame = other.line === one.line && other.probe === one.probe;
						const follows = explainersOf(one.check, one.line, one.probe).includes(other.check);
						const isMutual = explainersOf(other.check, other.line, other.probe).includes(one.check);
						if (one !== other && (isAround || isSame) && follows && other.outcome === 'fail' && !isMutual)
							throw new Error(`${one.cause} stands beside ${other.cause}`);
					}
			}),
			RUNS
		);
	});

	it('orders by what stops, how deep it lies and how sure it is', () => {
		fc.assert(
			fc.property(anyEvidence, (seen) => {
				const keys = judge(seen).findings.map(({ outcome, sure, cause }) => [
					Number(outcome === 'warn'),
					Number(sure === 'possible'),
					depthOf(cause)
				]);
				const sorted = [...keys].sort((a, b) => a.map((n, at) => n - (b[at] ?? 0)).find((n) => n !== 0) ?? 0);
				expect(keys).toEqual(sorted);
			}),
			RUNS
		);
	});

	it('says the same of the same evidence, however it came in', () => {
		fc.assert(
			fc.property(anyEvidence, (seen) => {
				const reversed = { ...seen, page: Object.fromEntries(Object.entries(seen.page).reverse()) };
				expect(judge(reversed)).toEqual(judge(seen));
				expect(judge(JSON.parse(JSON.stringify(seen)) as Evidence)).toEqual(judge(seen));
			}),
			RUNS
		);
	});

	it('counts every failing check once: as a finding, or under the one that explains it', () => {
		fc.assert(
			fc.property(anyEvidence, (seen) => {
				const { findings, results } = judge(seen);
				const failing = results.filter(
					({ verdict: { outcome } }) => outcome === 'fail' || outcome === 'warn'
				);
				expect(findings.length + findings.flatMap(({ explains }) => explains).length).toBe(failing.length);
			}),
			RUNS
		);
	});
});

describe('a crash', () => {
	const broken: AnyCheck = {
		id: 'broken',
		scopes: ['page'],
		needs: ['environment'],
		judge: () => {
			throw new TypeError('no');
		}
	};
	const sound: AnyCheck = { ...broken, id: 'sound', judge: () => ({ outcome: 'pass' }) };

	it('of one check costs only itself', () => {
		const { results } = judge(evidence(), [broken, sound]);
		expect(results.map(({ verdict }) => verdict)).toEqual([
			{ outcome: 'unsure', reason: 'check-crashed' },
			{ outcome: 'pass' }
		]);
	});
});

describe('explaining away', () => {
	const check = (id: string, verdict: Verdict, more: Partial<AnyCheck> = {}): AnyCheck => ({
		id,
		scopes: ['page'],
		needs: [],
		judge: () => verdict,
		...more
	});
	const fail = (
		cause: 'network.offline' | 'call.busy' | 'media.lost',
		outcome: 'fail' | 'warn' = 'fail'
	): Verdict => ({
		outcome,
		cause,
		sure: 'certain',
		facts: {}
	});
	const causes = (...checks: AnyCheck[]) => judge(evidence(), checks).findings.map(({ cause }) => cause);

	it('goes through what is explained itself', () => {
		const chain = [
			check('a', fail('network.offline')),
			check('b', fail('media.lost'), { explainedBy: ['a'] }),
			check('c', fail('call.busy'), { explainedBy: ['b'] })
		];
		expect(causes(...chain)).toEqual(['network.offline']);
		expect(judge(evidence(), chain).findings[0]?.explains.map(({ check: id }) => id)).toEqual(['b', 'c']);
	});

	it('is not done by what is merely worth knowing', () => {
		expect(
			causes(
				check('a', fail('network.offline', 'warn')),
				check('b', fail('media.lost'), { explainedBy: ['a'] })
			)
		).toEqual(['media.lost', 'network.offline']);
	});

	it('keeps the deeper one of two that explain each other', () => {
		const pair = [
			check('b', fail('media.lost'), { explainedBy: ['a'] }),
			check('a', fail('network.offline'), { explainedBy: ['b'] })
		];
		expect(causes(...pair)).toEqual(['network.offline']);
	});

	it('does not reach over to another line', () => {
		const lines = (id: string, verdict: Verdict, explainedBy: readonly string[], only: string) =>
			check(id, verdict, {
				scopes: ['line'],
				explainedBy,
				judge: (_own: never, { subject }) =>
					subject.scope === 'line' && subject.id === only ? verdict : { outcome: 'pass' }
			});
		expect(
			causes(lines('a', fail('network.offline'), [], 'desk'), lines('b', fail('media.lost'), ['a'], 'agent'))
		).toEqual(['network.offline', 'media.lost']);
	});
});

describe('the table of checks', () => {
	it('names each check once, after its file, and knows every check that is named as an explanation', () => {
		const ids = CHECKS.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(CHECKS.flatMap(({ explainedBy = [] }) => explainedBy).filter((id) => !ids.includes(id))).toEqual(
			[]
		);
	});

	it('has a topic for every need, in each of its scopes', () => {
		const topics = { page: HEALTHY.page, line: HEALTHY.desk, probe: HEALTHY.voice };
		for (const { id, scopes, needs } of CHECKS)
			for (const scope of scopes)
				expect([id, needs.filter((need) => !(need in topics[scope]))]).toEqual([id, []]);
	});
});
