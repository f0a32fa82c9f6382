import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROWS } from './fault-rows/index.ts';
import { judge } from './judge.ts';
import { readableReport, report, type ReportWords } from './report.ts';
import { evidence, NOW, type Changes } from './testing.ts';
import type { CheckupRun, Evidence, Facts } from './types.ts';

/** Words that show every fact, so that nothing hides by not being mentioned. */
const words: ReportWords = {
	cause: (code, facts) => ({
		title: `Title of ${code}`,
		why: `Seen: ${Object.entries(facts)
			.map(([name, value]) => `${name} ${String(value)}`)
			.join(', ')}.`,
		fix: [{ who: 'admin', do: `Repair ${code}.` }]
	}),
	reason: (reason) => `because ${reason}`,
	decider: (decider) => `by ${decider}`,
	check: (id) => id
};
const app = { version: '1.2.0', commit: '0123456789abcdef0123456789abcdef01234567' };
const context = { app, language: 'en', words, log: [] };

function runOf(seen: Evidence, more: Partial<CheckupRun> = {}): CheckupRun {
	return { ...judge(seen), startedAt: NOW, durationMs: 8_123.4, stopped: false, evidence: seen, ...more };
}

const changesOf = (id: string): Changes => ROWS.find(([one]) => one === id)?.[2] ?? {};

describe('the report', () => {
	it('has exactly the keys of its format', () => {
		const written = report(runOf(evidence(changesOf('CWS-02'))), context);
		expect(Object.keys(written)).toEqual([
			...[
				'format',
				'app',
				'language',
				'startedAt',
				'durationMs',
				'verdict',
				'causes',
				'checks',
				'evidence',
				'log'
			]
		]);
		expect(written).toMatchObject({
			format: 'offhook-report/1',
			app,
			language: 'en',
			durationMs: 8123,
			verdict: 'degraded'
		});
		expect(written.startedAt).toBe('2026-11-20T10:00:00.000Z');
		const [cause] = written.causes;
		expect(Object.keys(cause ?? {})).toEqual([
			...['cause', 'line', 'probe', 'check', 'outcome', 'sure', 'title', 'why', 'fix', 'facts']
		]);
		expect(cause).toMatchObject({
			cause: 'websocket.handler-crash',
			line: null,
			probe: 'voice',
			outcome: 'fail'
		});
		expect(Object.keys(written.checks[0] ?? {})).toEqual([
			'check',
			'line',
			'probe',
			'outcome',
			'reason',
			'ms'
		]);
		expect(Object.keys(written.evidence as object)).toEqual(['page', 'lines', 'probes']);
	});

	it('quotes nothing of a token’s header that is no name of a kind', () => {
		const header = { alg: 'HS256', typ: 'Ada Caller <b>', cty: 'twilio-fpa;v=1', kid: 'Ada' };
		const claims = { length: 9, header: { ...header, alg: 'x'.repeat(5_000) }, payload: {} };
		const seen = evidence({ desk: { token: { bearer: 'not-needed', claims } } });
		const text = JSON.stringify(report(runOf(seen), context));
		expect(text).toContain('"header":{"alg":"[text]","typ":"[text]","cty":"twilio-fpa;v=1"}');
	});

	it('survives JSON as it is', () => {
		for (const [, , changes] of ROWS) {
			const written = report(runOf(evidence(changes)), context);
			expect(JSON.parse(JSON.stringify(written))).toEqual(written);
		}
	});

	it('has no causes for a healthy phone, and says so', () => {
		const written = report(runOf(evidence()), context);
		expect(written).toMatchObject({ verdict: 'healthy', causes: [] });
		expect(readableReport(written, words)).toContain('Everything that was checked works.');
	});

	it('says why a check could not tell, and leaves the reason of a passed one empty', () => {
		const { checks } = report(runOf(evidence()), context);
		expect(checks.find(({ check }) => check === 'offline')?.reason).toBe('');
		expect(checks.find(({ check }) => check === 'call-end')).toMatchObject({
			outcome: 'skipped',
			reason: 'because no-call-yet'
		});
	});

	it('names runners-up with what would decide, and what a cause explains', () => {
		const written = report(runOf(evidence(changesOf('TWS-01'))), context);
		expect(written.causes[0]?.facts).toMatchObject({
			instead: [
				{ cause: 'twilio-signalling.certificate-untrusted', decides: 'firefox-close-code' },
				{ cause: 'twilio-signalling.unreachable', decides: 'other-network' }
			],
			explains: [{ check: 'line-state', line: 'desk' }]
		});
		const text = readableReport(written, words);
		expect(text).toContain('1. Title of twilio-signalling.host-blocked');
		expect(text).toContain('by firefox-close-code');
	});

	it('tells of a token its times and what it grants, and nothing of its owner', () => {
		const written = JSON.stringify(report(runOf(evidence()), context).evidence);
		expect(written).toContain('"roomJoin":true');
		expect(written).toContain('application_sid');
		expect(written).not.toContain('alice');
		expect(written).not.toMatch(/1a2b1a2b|3c4d3c4d|5e6f5e6f/);
	});
});

// ── Nothing secret leaves ────────────────────────────────────────────────────────────────────────────────────────

const letters = (alphabet: string, least: number, most = least) =>
	fc.string({ unit: fc.constantFrom(...alphabet), minLength: least, maxLength: most });
const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A secret, and the shortest piece of it that must not be found. */
const anySecret: fc.Arbitrary<{ text: string; core: string }> = fc.oneof(
	fc.tuple(letters('abcdefghij', 8), letters(BASE62 + '-_', 43)).map(([sub, signature]) => {
		const claims = base64url({ sub, exp: 1_800_000_000, grants: { identity: sub } });
		return { text: `${base64url({ alg: 'HS256', typ: 'JWT' })}.${claims}.${signature}`, core: claims };
	}),
	letters(BASE62, 40, 48)
		.filter((text) => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text))
		.map((text) => ({ text: `Bearer ${text}`, core: text })),
	letters('0123456789abcdef', 32).map((hex) => ({ text: `SK${hex}`, core: hex })),
	letters('0123456789abcdef', 32)
		.filter((hex) => /\d/.test(hex))
		.map((hex) => ({ text: hex, core: hex })),
	letters(BASE62, 32).map((rest) => ({ text: `sb_secret_${rest}`, core: rest })),
	letters('23456789', 10).map((digits) => ({ text: `+1${digits}`, core: digits })),
	letters('23456789', 10).map((digits) => {
		const [a, b, c] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
		return { text: `+1 (${a}) ${b}-${c}`, core: `${b}-${c}` };
	}),
	fc
		.tuple(
			fc.integer({ min: 11, max: 223 }),
			fc.integer({ min: 1, max: 254 }),
			fc.integer({ min: 1, max: 254 })
		)
		.map(([a, b, c]) => ({ text: `${a}.${b}.${c}.7`, core: `${a}.${b}.${c}.7` })),
	letters('0123456789abcdef', 4).map((group) => ({
		text: `2001:db8:85a3:${group}::8a2e:370:7334`,
		core: `85a3:${group}`
	})),
	letters('bcdfghjklmnp', 9).map((name) => ({ text: `${name}@example.com`, core: `${name}@` }))
);

/** How secrets come into texts: in a sentence, an address, JSON, encoded, or wrapped over lines. */
const FORMS: readonly ((text: string) => string)[] = [
	(text) => `failed: ${text} was refused`,
	(text) => `https://host.example.com/rtc?access_token=${encodeURIComponent(text)}&x=1`,
	(text) => JSON.stringify({ error: { token: text } }),
	(text) => encodeURIComponent(`token ${text} end`),
	(text) => Buffer.from(`secret ${text}`).toString('base64'),
	(text) => (text.startsWith('eyJ') ? `${text.slice(0, 60)}\n${text.slice(60)}` : text)
];

/** Puts texts behind leaves of the evidence, wherever they are. */
function poisoned(seen: Evidence, texts: readonly string[], pick: (most: number) => number): Evidence {
	const copy = structuredClone(seen) as unknown;
	const places: (readonly [holder: Record<string, unknown>, key: string])[] = [];
	const walk = (value: unknown) => {
		if (typeof value !== 'object' || value === null) return;
		const holder = value as Record<string, unknown>;
		for (const [key, inner] of Object.entries(holder)) {
			if (typeof inner === 'string') places.push([holder, key]);
			walk(inner);
		}
	};
	walk(copy);
	for (const text of texts) {
		const [holder, key] = places[pick(places.length)] ?? [{}, ''];
		holder[key] = `${String(holder[key])} ${text}`;
		holder[text.slice(0, 120)] = true;
	}
	return copy as Evidence;
}

/** Where others' texts stand in evidence and in a report, each with this text. */
function quoting(text: string): CheckupRun {
	const base = evidence();
	const [target] = base.lines['desk']?.signalling?.ok ? base.lines['desk'].signalling.value.targets : [];
	const socket = target && {
		...target.socket,
		firstFrames: [text, `{"type":"connected","payload":{"who":"${text}"}}`],
		close: { code: 1008, reason: text, clean: true, afterMs: 90 }
	};
	const asked = { ...target?.cors, excerpt: text, threw: { name: 'TypeError', message: text } };
	const signalling = { targets: [{ ...target, socket, cors: asked, said: [{ code: 1, text }] }] };
	const seen = structuredClone({
		page: {},
		probes: {},
		lines: {
			desk: { ...base.lines['desk'], signalling: { ok: true, value: signalling, ms: 9 } }
		}
	}) as unknown as Evidence;
	const [finding] = judge(evidence(changesOf('CWS-02'))).findings;
	const findings = finding ? [{ ...finding, facts: { said: text } }] : [];
	return runOf(seen, { findings });
}

/** Shows the place and not the whole report. */
function isFreeOf(text: string, what: string | RegExp): void {
	const at = typeof what === 'string' ? text.indexOf(what) : text.search(what);
	expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 60)).toBe('');
}

describe('what leaves the device', () => {
	it('does not name whoever uses the phone, whatever servers say of them', () => {
		const sentences = (name: string) => [
			name,
			`client ${name} is not known`,
			`identity=${name};`,
			`call-${name}-7`,
			`(${name.toUpperCase()})`
		];
		for (const text of sentences('alice')) {
			const log = [{ at: NOW, level: 'info' as const, what: text, facts: { text } }];
			const made = report(quoting(text), { ...context, log });
			for (const out of [JSON.stringify(made), readableReport(made, words)]) isFreeOf(out, /alice/i);
		}
		// Neither a longer word nor a host is its name.
		expect(JSON.stringify(report(quoting('malice at alice.example.com'), context))).toContain(
			'malice at alice.example.com'
		);
	});

	it('holds none of 500 secrets in anything that others have written', () => {
		fc.assert(
			fc.property(fc.tuple(anySecret, fc.constantFrom(...FORMS)), ([{ text, core }, form]) => {
				const made = report(quoting(form(text)), context);
				for (const out of [JSON.stringify(made), readableReport(made, words)])
					expect(out).not.toContain(core);
			}),
			{ numRuns: 500, seed: 2 }
		);
	});

	it('holds none of 500 secrets, wherever they stood and however they were written', () => {
		fc.assert(
			fc.property(
				fc.tuple(anySecret, fc.constantFrom(...FORMS), fc.nat(), fc.nat(ROWS.length - 1)),
				([{ text, core }, form, seed, row]) => {
					const written = form(text);
					const seen = poisoned(evidence(ROWS[row]?.[2]), [written, text], (most) => seed % most);
					const facts: Facts = { said: written, host: text, list: [written] };
					const findings = [
						...judge(seen).findings,
						{
							cause: 'websocket.refused',
							line: null,
							probe: 'voice',
							check: 'server-words',
							outcome: 'fail',
							sure: 'certain',
							facts,
							instead: [],
							explains: []
						}
					] as const;
					const log = [{ at: NOW, level: 'info' as const, what: written, facts: { text } }];
					const made = report(runOf(seen, { findings }), { ...context, log });
					for (const out of [JSON.stringify(made), readableReport(made, words)]) {
						isFreeOf(out, core);
						expect(out).not.toContain(JSON.stringify(written).slice(1, -1));
					}
				}
			),
			{ numRuns: 500, seed: 1 }
		);
	});
});
