import type { CheckResult, CheckupRun, Finding } from '#lib/diagnostics/types.ts';

/** The way of a call, from the one who speaks to the one who hears. */
export const STATIONS = ['microphone', 'browser', 'token', 'signalling', 'media', 'far-side'] as const;
export type Station = (typeof STATIONS)[number];

/** `proven` was seen to work; `unknown` could not be told; `ahead` has not been looked at yet. */
export type Light = 'proven' | 'weak' | 'broken' | 'unknown' | 'ahead';

export interface Stop {
	readonly station: Station;
	readonly light: Light;
	/** What is wrong there, where anything is. */
	readonly finding?: Finding;
}

export interface CallPath {
	/** Of this device: the same for every line. */
	readonly trunk: readonly Stop[];
	readonly branches: readonly { readonly line: string; readonly stops: readonly Stop[] }[];
}

/** Where a check's trouble is drawn. What is not listed is the browser's when it is about the page, else signalling's. */
const PLACES: Readonly<Record<string, Station>> = {
	'microphone-policy': 'microphone',
	'microphone-access': 'microphone',
	'microphone-sound': 'microphone',
	'token-endpoint-policy': 'token',
	'token-endpoint': 'token',
	'token-answer': 'token',
	'token-endpoint-start': 'token',
	'token-form': 'token',
	'token-times': 'token',
	'token-identity': 'token',
	'token-grants': 'token',
	'token-renewal': 'token',
	relay: 'media',
	'media-path': 'media',
	'sound-sent': 'media',
	'sound-received': 'media',
	playback: 'media',
	'call-quality': 'media',
	'agent-invitation': 'far-side',
	agent: 'far-side',
	'far-side': 'far-side',
	'call-end': 'far-side'
};

/** A pass of one of these is the proof; a pass of others near it is not. */
const PROOFS: Readonly<Record<Station, readonly string[]>> = {
	microphone: ['microphone-sound'],
	browser: ['webrtc', 'browser'],
	token: ['token-grants'],
	signalling: ['silence', 'registration', 'room-join'],
	media: ['media-path', 'relay'],
	'far-side': ['call-end', 'agent']
};

/** What a line in this page has no need of. */
const WITHOUT_NETWORK: readonly Station[] = ['token', 'signalling', 'media'];
const OF_DEVICE: readonly Station[] = ['microphone', 'browser'];

interface Known {
	/** Ids of the lines, in their order; `local` ones live in this page. */
	readonly lines: readonly { readonly id: string; readonly local: boolean }[];
	readonly results: readonly CheckResult[];
	/** Empty while the run goes on: then each failing check stands for itself. */
	readonly findings: readonly Finding[];
	readonly running: boolean;
}

/** Pure. What a consequence has broken is not drawn as broken: it could not be told. */
export function callPath({ lines, results, findings, running }: Known): CallPath {
	const stop = (station: Station, line: string | null): Stop => {
		const own = (one: {
			readonly check: string;
			readonly line: string | null;
			readonly probe: string | null;
		}) =>
			one.probe === null &&
			(one.line === line || (line !== null && one.line === null)) &&
			stationOf(one) === station;
		const finding = findings.find(own);
		if (finding) return { station, finding, light: finding.outcome === 'fail' ? 'broken' : 'weak' };
		return { station, light: lightOf(station, results.filter(own), running) };
	};
	const branches = lines.map(({ id, local }) => ({
		line: id,
		local,
		stops: STATIONS.filter(
			(station) => !OF_DEVICE.includes(station) && !(local && WITHOUT_NETWORK.includes(station))
		).map((station) => stop(station, id))
	}));
	// Beside lines that can fail, one that needs no server is drawn only once there is something to tell of it.
	const told = branches.filter(({ local, stops }) => !local || stops.some(({ light }) => isTold(light)));
	return {
		trunk: OF_DEVICE.map((station) => stop(station, null)),
		branches: (told.length > 0 ? told : branches).map(({ line, stops }) => ({ line, stops }))
	};
}

const isTold = (light: Light): boolean => light !== 'unknown' && light !== 'ahead';

function lightOf(station: Station, results: readonly CheckResult[], running: boolean): Light {
	const outcomes = results.map(({ verdict }) => verdict.outcome);
	if (running && outcomes.includes('fail')) return 'broken';
	if (running && outcomes.includes('warn')) return 'weak';
	const proven = results.some(
		({ check, verdict }) => verdict.outcome === 'pass' && PROOFS[station].includes(check)
	);
	// While other checks of the same place have failed, a proof near by is none.
	if (proven && !outcomes.includes('fail')) return 'proven';
	return running && outcomes.length === 0 ? 'ahead' : 'unknown';
}

/** Where a finding or result belongs. */
export function stationOf({ check, line }: Pick<CheckResult, 'check' | 'line'>): Station {
	return PLACES[check] ?? (line === null ? 'browser' : 'signalling');
}

/** Lines that live in this page need no server. */
export const linesOf = ({
	evidence,
	onlyLine
}: Pick<CheckupRun, 'evidence' | 'onlyLine'>): { id: string; local: boolean }[] =>
	Object.entries(evidence.lines)
		.filter(([id]) => onlyLine === undefined || id === onlyLine)
		.map(([id, { setup }]) => ({ id, local: setup?.ok === true && setup.value.kind === 'practice' }));
