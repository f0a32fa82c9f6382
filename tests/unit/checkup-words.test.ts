import { describe, expect, it } from 'vitest';
import { causeWords } from '#lib/components/cause-words.ts';
import { checkWords, deciderWords, reasonWords } from '#lib/components/check-words.ts';
import { FURTHER_CAUSES } from '#lib/diagnostics/causes.ts';
import { CHECKS } from '#lib/diagnostics/checks/index.ts';
import { ROWS } from '#lib/diagnostics/fault-rows/index.ts';
import { judge } from '#lib/diagnostics/judge.ts';
import { NO_EVIDENCE } from '#lib/diagnostics/gather.ts';
import { Redaction } from '#lib/diagnostics/redact-evidence.ts';
import { readableReport, report } from '#lib/diagnostics/report.ts';
import { evidence, NOW } from '#lib/diagnostics/testing.ts';
import { DECIDERS, REASONS } from '#lib/diagnostics/types.ts';
import { locales, overwriteGetLocale } from '#lib/words/runtime.js';

const WORDS = { cause: causeWords, reason: reasonWords, decider: deciderWords, check: checkWords };

describe.each(locales)('the words of the checkup in %s', (locale) => {
	it.each(ROWS)('say of %s what was seen, with nothing left open', (_id, _cause, changes) => {
		overwriteGetLocale(() => locale);
		for (const { cause, facts } of judge(evidence(changes)).findings) {
			const { title, why, fix } = causeWords(cause, new Redaction(NO_EVIDENCE).facts(facts));
			// An ellipsis stands for a fact that the check has not given; sids are cut on purpose.
			for (const text of [title, why, ...fix.map(({ do: todo }) => todo)])
				expect(text.replace(/(?:AP|AC|SK|:\/\/)…/g, '')).not.toContain('…');
		}
	});

	it('name every check, every reason, every decider and every cause', () => {
		overwriteGetLocale(() => locale);
		for (const { id } of CHECKS) expect(checkWords(id)).not.toBe(id);
		const texts = [
			...REASONS.map(reasonWords),
			...DECIDERS.map(deciderWords),
			...FURTHER_CAUSES.map((cause) => causeWords(cause).title)
		];
		for (const text of texts) expect(text).toMatch(/\p{L}{2}/u);
	});

	it('make a readable text of every run', () => {
		overwriteGetLocale(() => locale);
		for (const [, , changes] of ROWS) {
			const seen = evidence(changes);
			const run = { ...judge(seen), startedAt: NOW, durationMs: 1, stopped: false, evidence: seen };
			const written = report(run, {
				app: { version: '1', commit: '' },
				language: locale,
				words: WORDS,
				log: []
			});
			expect(readableReport(written, WORDS)).toContain(`1. ${written.causes[0]?.title ?? ''}`);
		}
	});
});
