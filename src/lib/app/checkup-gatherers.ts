import type { Probe } from '#lib/config/config.ts';
import {
	pageGatherers,
	probeGatherers,
	refusedLine,
	refusedProbe,
	TokenShelf
} from '#lib/diagnostics/gatherers/index.ts';
import type { Gatherer } from '#lib/diagnostics/types.ts';
import type { ReadLine } from '#lib/lines/index.ts';
import type { GathererDeps } from '#lib/lines/module.ts';
import type { CheckupDeps } from './checkup-deps.ts';

interface Wanted {
	/** The page is looked at as well. */
	readonly page: boolean;
	/** Ids of the lines; undefined: all that config.json names. */
	readonly lines?: readonly string[];
	readonly probes: readonly Probe[];
}

/** Everything that looks, made anew for every run: what gatherers of one subject have found they share in that run alone. */
export async function gatherersOf(wanted: Wanted, deps: CheckupDeps): Promise<readonly Gatherer[]> {
	const { config, problems } = deps.config.state.value;
	const isWanted = (id: string) => wanted.lines === undefined || wanted.lines.includes(id);
	const read = deps.config.lines.filter(({ settings }) => isWanted(settings.id));
	const isRead = (id: string) => deps.config.lines.some(({ settings }) => settings.id === id);
	const refused = config.lines.filter(({ id }) => isWanted(id) && !isRead(id));
	const shelf = new TokenShelf(read.map(({ settings }) => settings.id));

	const ofLines = await Promise.all(read.map((line) => lineGatherers(line, shelf, deps)));
	return [
		...(wanted.page ? pageGatherers(pageDeps(deps)) : []),
		...ofLines.flat(),
		...refused.map((entry) => refusedLine(entry, problems)),
		...(wanted.page && wanted.lines === undefined ? (config.probesSetAside ?? []) : []).map((entry) =>
			refusedProbe(entry, problems)
		),
		...wanted.probes.flatMap((probe) =>
			probeGatherers(probe, {
				clock: deps.clock,
				base: deps.base,
				bearer: (origin) => deps.bearers.known(origin),
				tokenOf: (id) => shelf.tokenOf(id),
				sockets: deps.witness
			})
		)
	] as readonly Gatherer[];
}

/** A line whose gatherers do not arrive costs the others nothing. */
async function lineGatherers(
	line: ReadLine,
	shelf: TokenShelf,
	deps: CheckupDeps
): Promise<readonly Gatherer[]> {
	try {
		return (await line.gatherers(gathererDeps(line, shelf, deps))) as readonly Gatherer[];
	} catch (error) {
		deps.log('error', 'code of a line did not arrive for the checkup', { line: line.settings.id, error });
		shelf.put(line.settings.id, undefined);
		return [];
	}
}

function gathererDeps({ settings }: ReadLine, shelf: TokenShelf, deps: CheckupDeps): GathererDeps {
	const { id } = settings;
	const { config, problems } = deps.config.state.value;
	const path = config.lines.find((line) => line.id === id)?.path ?? '';
	return {
		clock: deps.clock,
		base: deps.base,
		bearer: (origin) => deps.bearers.known(origin),
		snapshot: () => deps.lines.of(id),
		calls: () => deps.calls.of(id),
		inCall: () => deps.phone.calls.value.length > 0,
		ownsPhone: deps.owner.ownership.value === 'here',
		switchedOff: deps.settings.value.linesOff.includes(id),
		dialsOut: !config.locked.includes('dialpad'),
		problems: problems.filter((one) => one.path === path || one.path.startsWith(`${path}.`)),
		sockets: deps.witness,
		shareToken: (token) => shelf.put(id, token),
		audio: () => deps.audio.context(),
		random: (count) => crypto.getRandomValues(new Uint8Array(count)),
		version: deps.build.version
	};
}

function pageDeps(deps: CheckupDeps): Parameters<typeof pageGatherers>[0] {
	const { settings, owner, phone, hardware } = deps;
	const open = deps.config.lines.map((line) => line.settings.id);
	return {
		clock: deps.clock,
		base: deps.base,
		witness: deps.witness,
		config: () => deps.config.state.value,
		lines: () => ({
			open,
			setAside: deps.config.state.value.config.lines.map(({ id }) => id).filter((id) => !open.includes(id))
		}),
		build: deps.build,
		phone: () => ({
			ownership: owner.ownership.value,
			otherTabs: owner.ownership.value === 'elsewhere' ? 1 : 0,
			liveCalls: phone.calls.value.length
		}),
		devices: hardware.devices,
		chosen: () => settings.value,
		ringVolume: {
			get value() {
				return settings.value.ringVolume;
			},
			watch: (listener) => settings.watch(({ ringVolume }) => listener(ringVolume))
		},
		audio: () => deps.audio.context(),
		silence: deps.silence,
		versionFile: new URL('version.json', deps.base).href,
		mayAsk: false
	};
}
