import type { Probe } from '#lib/config/config.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Secret } from '#lib/core/secret.ts';
import { probeTarget } from '../probes/target.ts';
import { fill, namesIn, targetPlan, type Tokens } from '../probes/web-socket.ts';
import { LIMITS } from '../probes/limits.ts';
import { writtenUrl } from '../probes/shown.ts';
import { probeToken } from '../probes/token.ts';
import { within, type ProbeDeps } from '../probes/wait.ts';
import type { Gatherer, ProbeEvidence, ProbeSetup, Signalling, TokenEvidence } from '../types.ts';

/** What the gatherers of a further WebSocket are given. */
export interface ProbeGathererDeps {
	readonly clock: Clock;
	readonly base: string;
	bearer(origin: string): Secret | undefined;
	/** A line's token, once it has come; undefined where none does. */
	tokenOf(lineId: string): Promise<Secret | undefined>;
	readonly sockets: { failed(): void };
	/** Sub-protocols, where a form names some. */
	readonly protocols?: readonly string[];
}

type ProbeTopic = keyof ProbeEvidence;

/** A further WebSocket: of config.json, or one that somebody has typed into the form. */
export function probeGatherers(probe: Probe, deps: ProbeGathererDeps): readonly Gatherer<'probe'>[] {
	let own: Secret | undefined;
	const probing = (signal: AbortSignal): ProbeDeps => ({ clock: deps.clock, signal, sockets: deps.sockets });
	const gatherer = <K extends ProbeTopic>(
		topic: K,
		timeoutMs: number,
		gather: Gatherer<'probe', K>['gather'],
		after?: readonly ProbeTopic[]
	): Gatherer<'probe', K> => ({
		subject: { scope: 'probe', id: probe.id },
		topic,
		timeoutMs: timeoutMs + 1_000,
		gather,
		...(after ? { after } : {})
	});

	const tokens = async (signal: AbortSignal): Promise<Tokens> => {
		const wanted = [...new Set(Object.values(probe.query).flatMap((text) => namesIn(text)))];
		const found = await Promise.all(
			wanted.map(async (name) => {
				if (name === '') return [name, own] as const;
				const shared = await within(deps.tokenOf(name), LIMITS.tokenMs, { clock: deps.clock, signal });
				return [name, typeof shared === 'string' ? undefined : shared.value] as const;
			})
		);
		return new Map(found.filter((one): one is readonly [string, Secret] => one[1] !== undefined));
	};
	let filled: Tokens = new Map();

	return [
		gatherer('token', LIMITS.tokenMs, async (signal): Promise<TokenEvidence> => {
			const settings = probe.token;
			if (!settings) return { bearer: 'not-needed', notAsked: 'no-endpoint' };
			const bearer = (origin: string) => deps.bearer(origin);
			const request = { kind: 'twilio' as const, line: probe.id };
			const { secret, evidence } = await probeToken(
				{ settings, request, base: deps.base, bearer },
				probing(signal)
			);
			own = secret;
			return evidence;
		}),
		gatherer(
			'setup',
			LIMITS.tokenMs,
			async (signal) => {
				filled = await tokens(signal);
				return setupOf(probe, filled);
			},
			['token']
		),
		gatherer(
			'signalling',
			LIMITS.targetMs + 2_000 * probe.expect.withinSeconds,
			async (signal): Promise<Signalling> => {
				const plans = [probe.url, ...probe.alternatives].map((url, at) =>
					targetPlan({
						url,
						role: at === 0 ? 'primary' : 'alternative',
						probe,
						tokens: filled,
						protocols: deps.protocols
					})
				);
				return { targets: await Promise.all(plans.map((plan) => probeTarget(plan, probing(signal)))) };
			},
			['setup']
		)
	];
}

function setupOf(probe: Probe, tokens: Tokens): ProbeSetup {
	const { label, url, alternatives, query, expect } = probe;
	const written = (text: string, role: 'probe' | 'alternative', used: boolean) =>
		({ role, written: writtenUrl(text), source: 'config', used }) as const;
	const names = Object.keys(query);
	const values = Object.entries(query);
	return {
		...(label === undefined ? {} : { label }),
		addresses: [
			written(url, 'probe', true),
			...alternatives.map((other) => written(other, 'alternative', false)),
			...(probe.token
				? [{ role: 'token', written: writtenUrl(probe.token.url), source: 'config', used: true } as const]
				: [])
		],
		accepted: true,
		problems: [],
		query: names,
		tokenParameters: values.filter(([, text]) => namesIn(text).length > 0).map(([name]) => name),
		emptyParameters: values.filter(([, text]) => fill(text, tokens).trim() === '').map(([name]) => name),
		...(expect.message === undefined ? {} : { expectsWithinSeconds: expect.withinSeconds })
	};
}
