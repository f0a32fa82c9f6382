import type { Change, FollowUp, Target } from '../types.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { probeFetch, type FetchPlan } from './fetch.ts';
import { httpTwin, otherScheme } from './shown.ts';
import { converse, type TalkPlan } from './talk.ts';
import type { ProbeDeps } from './wait.ts';

interface SocketVariant extends TalkPlan {
	/** What differs, where its name says more than the kind of change. */
	readonly what?: string;
}

/** What can be tried differently on one address; what is absent makes no sense there. */
export interface Variants {
	readonly noToken?: SocketVariant;
	readonly dummyToken?: SocketVariant;
	readonly noParameter?: SocketVariant;
	readonly defaultHost?: SocketVariant;
	/** An ordinary request with the same token, to the same origin. */
	readonly rest?: Omit<FetchPlan, 'ms'>;
}

interface Planned {
	readonly change: Change;
	readonly socket?: SocketVariant | undefined;
	readonly fetch?: Omit<FetchPlan, 'ms'> | undefined;
}

/** At most three attempts that differ from the failed one in one thing each, side by side; none where nothing failed. */
export async function followUpsOn(
	target: Omit<Target, 'followUps'>,
	{ url, variants = {} }: TalkPlan & { readonly variants?: Variants },
	deps: ProbeDeps
): Promise<readonly FollowUp[]> {
	const planned = planFor(target, url, variants).filter(({ socket, fetch }) => socket ?? fetch);
	const made = planned.slice(0, THRESHOLDS.mostFollowUps).map((one) => make(one, deps));
	return Promise.all(made);
}

/**
 * Of a socket that neither opened nor failed nothing that was sent is to blame, and its host would not answer another question
 * either: only whether the vendor's own host does.
 */
export function followUpsOnSilence(
	{ variants = {} }: { readonly variants?: Variants },
	deps: ProbeDeps
): Promise<readonly FollowUp[]> {
	const { defaultHost } = variants;
	return Promise.all(defaultHost ? [make({ change: 'default-host', socket: defaultHost }, deps)] : []);
}

function planFor(target: Omit<Target, 'followUps'>, url: string, variants: Variants): readonly Planned[] {
	const { socket, noCors, cors } = target;
	if (socket.threw || socket.closedByPage) return [];
	const { noToken, dummyToken, noParameter, defaultHost, rest } = variants;
	if (socket.openedAfterMs !== undefined) {
		if (!socket.close) return [];
		return [
			{ change: 'no-token', socket: noToken },
			{ change: 'dummy-token', socket: dummyToken },
			{ change: 'no-parameter', socket: noParameter }
		];
	}
	const isAlive = [noCors, cors].some((one) => one?.outcome === 'opaque' || one?.outcome === 'answered');
	if (isAlive)
		return [
			{ change: 'no-token', socket: noToken },
			{ change: 'rest', fetch: rest },
			{ change: 'no-parameter', socket: noParameter },
			{ change: 'default-host', socket: defaultHost }
		];
	// A host that takes the request and stays silent would stay so for these.
	if (noCors?.outcome === 'pending') return [{ change: 'default-host', socket: defaultHost }];
	return [
		{ change: 'other-scheme', fetch: unread(otherScheme(httpTwin(url))) },
		{ change: 'default-host', socket: defaultHost },
		{ change: 'default-port', fetch: unread(defaultPort(url)) }
	];
}

/** Whether anything answers there, without a query: it may hold a token that was made for the other scheme. */
function unread(url: string | undefined): Planned['fetch'] {
	return url === undefined ? undefined : { url: url.replace(/[?#].*$/s, ''), init: { mode: 'no-cors' } };
}

/** Port 443 of the same host; undefined where that is the address itself. */
function defaultPort(url: string): string | undefined {
	try {
		const twin = new URL(httpTwin(url));
		if (twin.port === '') return undefined;
		return `https://${twin.hostname}${twin.pathname}`;
	} catch {
		return undefined;
	}
}

async function make({ change, socket, fetch }: Planned, deps: ProbeDeps): Promise<FollowUp> {
	if (fetch) {
		const { attempt } = await probeFetch({ ...fetch, ms: THRESHOLDS.followUpMs }, deps);
		return { change, fetch: attempt };
	}
	if (!socket) return { change };
	const heard = await converse({ openMs: THRESHOLDS.followUpMs, ...socket }, deps);
	return {
		change,
		...(socket.what === undefined ? {} : { what: socket.what }),
		socket: heard.socket,
		...(heard.said.length > 0 ? { said: heard.said } : {})
	};
}
