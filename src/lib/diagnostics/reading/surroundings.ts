import type {
	Context,
	Evidence,
	Gathered,
	LineSetup,
	ProbeSetup,
	Subject,
	Target,
	TokenEvidence
} from '../types.ts';
import { answers, httpOf, isFine, opened } from './attempts.ts';
import { readAddress } from './addresses.ts';

/** What was gathered, or undefined. */
export const valueOf = <T>(gathered: Gathered<T> | undefined): T | undefined =>
	gathered?.ok ? gathered.value : undefined;

/** Everything known about the subject that is judged, if it is a line or a probe. */
export function ownOf({ subject, all }: Context) {
	if (subject.scope === 'line') return all.lines[subject.id];
	return subject.scope === 'probe' ? all.probes[subject.id] : undefined;
}

export const lineOf = ({ subject, all }: Context) =>
	subject.scope === 'line' ? all.lines[subject.id] : undefined;

export const lineSetupOf = (context: Context): LineSetup | undefined => valueOf(lineOf(context)?.setup);

export const probeSetupOf = ({ subject, all }: Context): ProbeSetup | undefined =>
	subject.scope === 'probe' ? valueOf(all.probes[subject.id]?.setup) : undefined;

/** Which carrier's trouble it is. Lines of a kind that nobody knows are judged as plain WebSockets. */
export function carrierOf(context: Context): 'twilio' | 'livekit' | 'websocket' {
	const kind = lineSetupOf(context)?.kind;
	return kind === 'twilio' || kind === 'livekit' ? kind : 'websocket';
}

export interface PlacedTarget {
	readonly subject: Subject;
	readonly target: Target;
}

/** Every socket that was tried, of every line and probe. */
export function allTargets({ lines, probes }: Evidence): readonly PlacedTarget[] {
	const subjects = [
		...Object.entries(lines).map(([id, known]) => ({ subject: { scope: 'line', id } as const, known })),
		...Object.entries(probes).map(([id, known]) => ({ subject: { scope: 'probe', id } as const, known }))
	];
	return subjects.flatMap(({ subject, known }) =>
		(valueOf(known.signalling)?.targets ?? []).map((target): PlacedTarget => ({ subject, target }))
	);
}

/** What every line and probe has gathered about its token. */
export const allTokens = ({ lines, probes }: Evidence): readonly TokenEvidence[] =>
	[...Object.values(lines), ...Object.values(probes)]
		.map(({ token }) => valueOf(token))
		.filter((token) => token !== undefined);

/** The host that a target is on, or the address as shown. */
export const hostOfTarget = ({ socket }: Target): string => readAddress(socket.url)?.host ?? socket.url;

/** Whether anything beyond `host` and this page's own has answered: then the way out of this network is open. */
export function reachesElsewhere(all: Evidence, host: string): boolean {
	const control = valueOf(all.page.control);
	if (answers(control?.elsewhere)) return true;
	// A page that lives on this computer proves nothing about the network.
	const page = control && readAddress(control.own.url);
	if (
		control &&
		page?.kind === 'public' &&
		page.host !== host &&
		control.own.outcome === 'answered' &&
		host !== ''
	)
		return true;
	const isOther = (url: string) => readAddress(url)?.host !== host;
	const isAlive = ({ asked, noCors }: TokenEvidence) =>
		asked && isOther(asked.url) && (answers(asked) || answers(noCors));
	if (allTokens(all).some(isAlive)) return true;
	return allTargets(all).some(
		({ target }) =>
			isOther(target.socket.url) && (opened(target.socket) || isFine(target) || httpOf(target) === 'alive')
	);
}
