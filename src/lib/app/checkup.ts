import type { Probe } from '#lib/config/config.ts';
import { LineError } from '#lib/core/errors.ts';
import { CHECKS } from '#lib/diagnostics/checks/index.ts';
import { gatherersFor, runCheckup } from '#lib/diagnostics/checkup.ts';
import type { CheckupRun, Topic } from '#lib/diagnostics/types.ts';
import type { Checkup, RunWish } from '#lib/state/checkup-port.ts';
import { keptRun } from '#lib/state/run-changes.ts';
import { checkupCalls } from './checkup-calls.ts';
import type { CheckupDeps } from './checkup-deps.ts';
import { gatherersOf } from './checkup-gatherers.ts';
import { checkupSound } from './checkup-sound.ts';
import { KeptRuns } from './kept-runs.ts';

const BY_HAND = 'by-hand';
const CONFIRMS_WITHIN_S = 5;

/** Wires the checkup. Heavy: comes when its page is opened. */
export function createCheckup(deps: CheckupDeps): Checkup {
	const { clock, config, phone } = deps;
	const kept = new KeptRuns({
		key: deps.key,
		storage: () => deps.storage(),
		clock,
		keepDays: () => config.state.value.config.history.keepDays
	});
	let current: AbortController | undefined;

	/** One at a time: two would have two microphones open. */
	async function alone<T>(signal: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
		current?.abort();
		const own = new AbortController();
		current = own;
		try {
			return await task(AbortSignal.any([signal, own.signal]));
		} finally {
			if (current === own) current = undefined;
		}
	}

	async function wishedFor(wish: RunWish) {
		const { onlyLine, again } = wish;
		const { probes } = config.state.value.config;
		const only = onlyLine ?? again?.in.onlyLine;
		const all = await gatherersOf(
			{
				page: true,
				probes: only === undefined ? probes : [],
				...(only === undefined ? {} : { lines: [only] })
			},
			deps
		);
		if (!again) return all;
		const needs = CHECKS.find(({ id }) => id === again.check)?.needs ?? [];
		// What the line itself has seen meanwhile asks nobody, and may be what has changed.
		return gatherersFor(all, again.subject, [...(needs as readonly Topic[]), 'state', 'calls']);
	}

	return {
		...checkupSound(deps),
		...checkupCalls(deps),
		app: deps.build,
		runs: kept.runs,
		forgetRuns: () => kept.clear(),
		log: () => deps.logged.entries(),
		run: (wish, signal, tell) =>
			alone(signal, async (ends): Promise<CheckupRun> => {
				const { onlyLine = wish.again?.in.onlyLine, again } = wish;
				const gatherers = await wishedFor(wish);
				const run = await runCheckup(
					{
						...{ gatherers, clock, signal: ends },
						...(onlyLine === undefined ? {} : { onlyLine }),
						...(again ? { keep: again.in.evidence } : {})
					},
					tell
				);
				// One that was only stopped says nothing that is worth comparing with.
				if (!again && !run.stopped) kept.add(keptRun(run));
				return run;
			}),
		async testToken(line, signal) {
			const all = await gatherersOf({ page: false, lines: [line], probes: [] }, deps);
			const gatherers = gatherersFor(all, { scope: 'line', id: line }, ['token']);
			const { evidence } = await runCheckup({ gatherers, clock, signal });
			const token = evidence.lines[line]?.token;
			if (!token?.ok) throw new LineError('token-endpoint.no-answer');
			return token.value;
		},
		async trySocket({ url, token, expect }, signal) {
			const probe: Probe = {
				id: BY_HAND,
				url,
				query: token ? { [token.name]: `{token:${token.fromLine}}` } : {},
				alternatives: [],
				expect: { withinSeconds: CONFIRMS_WITHIN_S, ...(expect === undefined ? {} : { message: expect }) }
			};
			const lines = token ? [token.fromLine] : [];
			const all = await gatherersOf({ page: false, lines, probes: [probe] }, deps);
			const gatherers = [
				...(token ? gatherersFor(all, { scope: 'line', id: token.fromLine }, ['token']) : []),
				...gatherersFor(all, { scope: 'probe', id: BY_HAND }, ['setup', 'token', 'signalling'])
			];
			const run = await runCheckup({ gatherers, clock, signal });
			const signalling = run.evidence.probes[BY_HAND]?.signalling;
			const target = signalling?.ok ? signalling.value.targets[0] : undefined;
			const findings = run.findings.filter((finding) => finding.probe === BY_HAND);
			if (!target && findings.length === 0 && phone.calls.value.length > 0)
				throw new LineError('command.not-now');
			return { findings, ...(target ? { target } : {}) };
		}
	};
}
