import type { WrittenConfig } from '#lib/config/own-config.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import { resolveUrl } from '#lib/config/url-rule.ts';
import { LineError } from '#lib/core/errors.ts';
import { gatherersFor, runCheckup } from '#lib/diagnostics/checkup.ts';
import type { Gatherer, Topic } from '#lib/diagnostics/types.ts';
import { readLines } from '#lib/lines/index.ts';
import type { GathererDeps } from '#lib/lines/module.ts';
import type { LineTrial } from '#lib/state/setup-port.ts';
import type { CheckupDeps } from './checkup-deps.ts';

const HERE = 'lines[0]';

/** The checkup's own look at a line that is not in force: its token, and a server that is not the vendor's own. */
export async function tryLine(
	entry: WrittenConfig,
	deps: CheckupDeps,
	signal: AbortSignal
): Promise<LineTrial> {
	const id = String(entry['id']);
	const { lines, problems } = readLines([{ id, kind: String(entry['kind']), path: HERE, raw: entry }]);
	const line = lines[0];
	if (!line) throw new LineError('config.invalid', { facts: { path: problems[0]?.path ?? HERE } });
	const topics: readonly Topic[] =
		line.kind === 'livekit' ? ['setup', 'token', 'signalling'] : ['setup', 'token'];
	const all = (await line.gatherers(gathererDeps(deps))) as readonly Gatherer[];
	const gatherers = gatherersFor(all, { scope: 'line', id }, topics);
	const { evidence, findings } = await runCheckup({ gatherers, clock: deps.clock, signal });
	const seen = evidence.lines[id]?.token;
	const token = seen?.ok ? seen.value : undefined;
	const { token: settings } = line.settings as { readonly token?: TokenSettings };
	const origin = settings && resolveUrl(settings.url, deps.base)?.origin;
	return {
		findings,
		works: token?.claims?.payload !== undefined && findings.every(({ outcome }) => outcome !== 'fail'),
		...(token ? { token } : {}),
		...(token?.notAsked === 'bearer-missing' && origin !== undefined ? { keyFor: origin } : {})
	};
}

/** As for a line of its own that has not been opened yet. */
function gathererDeps(deps: CheckupDeps): GathererDeps {
	return {
		clock: deps.clock,
		base: deps.base,
		bearer: (origin) => deps.bearers.known(origin),
		snapshot: () => undefined,
		calls: () => [],
		inCall: () => deps.phone.calls.value.length > 0,
		ownsPhone: deps.owner.ownership.value === 'here',
		switchedOff: false,
		dialsOut: true,
		problems: [],
		sockets: deps.witness,
		shareToken: () => {},
		audio: () => deps.audio.context(),
		random: (count) => crypto.getRandomValues(new Uint8Array(count)),
		version: deps.build.version
	};
}
