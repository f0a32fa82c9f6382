import type { RawLine, RawProbe } from '#lib/config/config.ts';
import type { Problem } from '#lib/config/problem.ts';
import { valueAt } from '#lib/config/token-body.ts';
import { lineGatherer } from '../probes/line-topics.ts';
import { writtenUrl } from '../probes/shown.ts';
import type { Gatherer, ProbeSetup, WrittenAddress } from '../types.ts';

const ADDRESSES = [
	['token', 'token.url'],
	['server', 'serverUrl'],
	['gateway', 'gateway']
] as const;

/** A line that config.json has been refused for: what stands there is all that is known of it. */
export function refusedLine(entry: RawLine, problems: readonly Problem[]): Gatherer<'line', 'setup'> {
	return lineGatherer(entry.id, 'setup', 0, async () => ({
		kind: entry.kind,
		accepted: false,
		problems: within(entry, problems),
		addresses: ADDRESSES.flatMap(([role, path]): readonly WrittenAddress[] => {
			const written = valueAt(entry.raw, path);
			if (typeof written !== 'string') return [];
			return [{ role, written: writtenUrl(written), source: 'config', used: true }];
		}),
		switchedOff: false,
		wants: { outgoing: true, incoming: false }
	}));
}

/** A further WebSocket that config.json has been refused for. */
export function refusedProbe(entry: RawProbe, problems: readonly Problem[]): Gatherer<'probe', 'setup'> {
	const written = valueAt(entry.raw, 'url');
	return {
		subject: { scope: 'probe', id: entry.id },
		topic: 'setup',
		timeoutMs: 1_000,
		gather: async (): Promise<ProbeSetup> => ({
			accepted: false,
			problems: within(entry, problems),
			addresses:
				typeof written === 'string'
					? [{ role: 'probe', written: writtenUrl(written), source: 'config', used: true }]
					: [],
			query: [],
			tokenParameters: [],
			emptyParameters: []
		})
	};
}

const within = (entry: RawProbe, problems: readonly Problem[]): readonly Problem[] =>
	problems.filter(({ path }) => path === entry.path || path.startsWith(`${entry.path}.`));
