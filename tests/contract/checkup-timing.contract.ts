// First: it counts what is opened.
import { liveNow } from './live.ts';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { runCheckup } from '#lib/diagnostics/checkup.ts';
import type { CheckupRun, Gathered } from '#lib/diagnostics/types.ts';
import { PATIENCE } from './bench.ts';
import { gatherersOf, HEALTHY, state, type SetUp } from './checkup-bench.ts';
import { QuietClock } from './quiet-clock.ts';

const { httpUrl, silent } = inject('servers');
/** Nothing listens on the discard port. */
const DEAD = 'localhost:9';
const ws = (host: string) => `ws://${host}`;
const tokenAt = (host: string) => `http://${host}/token`;
const STALLS = httpUrl.replace('http://', '');

const SILENT_TOKENS = { twilioToken: tokenAt(silent), livekitToken: tokenAt(silent) };
const DEAD_TOKENS = { twilioToken: tokenAt(DEAD), livekitToken: tokenAt(DEAD) };
const at = (host: string, path = '') => ({
	gateway: `${ws(host)}${path}`,
	livekitUrl: `${ws(host)}${path}`,
	probe: `${ws(host)}${path}/`
});

/** What is waited for in vain, and how long on the whole, s: a token, then a socket; what tells causes apart goes beside them. */
const RUNS: readonly (readonly [what: string, change: Partial<SetUp>, seconds: number])[] = [
	['everything is silent', { ...SILENT_TOKENS, ...at(silent) }, 19],
	['everything is dead', { ...DEAD_TOKENS, ...at(DEAD) }, 4],
	['the servers are silent, the tokens are good', at(silent), 8],
	['the token servers are silent, nobody else is there', { ...SILENT_TOKENS, ...at(DEAD) }, 10],
	[
		'the token servers are silent, the others answer and open nothing',
		{ ...SILENT_TOKENS, ...at(STALLS, '/stall') },
		18
	],
	['the others answer and open nothing', at(STALLS, '/stall'), 8]
];

afterEach(async () => {
	await expect.poll(liveNow, { timeout: 1000 }).toEqual({ tracks: 0, peerConnections: 0, sockets: 0 });
});

describe('a run of lines and sockets', { timeout: 2 * PATIENCE }, () => {
	test.for(RUNS)('where %s takes what it has to', async ([, change, seconds]) => {
		const clock = new QuietClock();
		const desk = state({ phase: 'opening', receiving: false });
		const gatherers = await gatherersOf({ ...HEALTHY, desk, ...change, clock, page: false });
		const seen = await runCheckup({ gatherers, clock, signal: new AbortController().signal });
		expect(seen.verdict).toBe('blocked');
		expect(timedOut(seen)).toEqual([]);
		expect(seen.durationMs).toBeLessThanOrEqual(seconds * 1000);
	});
});

/** A topic that is cut off has lost what it had seen. */
function timedOut({ evidence }: CheckupRun): readonly string[] {
	const known = [...Object.values(evidence.lines), ...Object.values(evidence.probes)];
	return known.flatMap((topics) =>
		(Object.entries(topics) as [string, Gathered<unknown>][])
			.filter(([, gathered]) => !gathered.ok && gathered.why === 'timeout')
			.map(([topic]) => topic)
	);
}
