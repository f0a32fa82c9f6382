import { readLimited } from '#lib/browser/read-limited.ts';
import type { FetchAttempt } from '../types.ts';
import { foreignData, shownUrl, thrown } from './shown.ts';
import { within, type ProbeDeps } from './wait.ts';

export interface FetchPlan {
	readonly url: string;
	/** What `fetch` is given: redirects, headers and credentials as the thing that is tested would have them. */
	readonly init?: Omit<RequestInit, 'signal'>;
	/** To the answer's head. */
	readonly ms: number;
	/** The text is read up to this many bytes; 64 KiB by default. */
	readonly mostBytes?: number;
}

export interface FetchSeen {
	readonly attempt: FetchAttempt;
	/** The whole text, where it could be read: may hold a token, and is no evidence. */
	readonly text?: string;
}

const MOST_BYTES = 64 * 1024;
const BODY_MS = 4_000;
/** Browsers keep 250 entries unless told otherwise, and then no more. */
const TIMING_ENTRIES = 250;
const SIMPLE_HEADERS = ['accept', 'accept-language', 'content-language', 'content-type', 'range'];
const SIMPLE_TYPES = /^(?:text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)\b/i;
export const JWT_TEXT = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;

/** One request. Never rejects and never tries again. Without cookies, caches and referrer unless told otherwise. */
export async function probeFetch(plan: FetchPlan, deps: ProbeDeps): Promise<FetchSeen> {
	const { clock } = deps;
	const init: RequestInit = {
		credentials: 'omit',
		cache: 'no-store',
		referrerPolicy: 'no-referrer',
		...plan.init
	};
	const asked = request(plan.url, init);
	const base = { ...asked, at: clock.now() };
	const start = clock.monotonic();
	const age = () => Math.round(clock.monotonic() - start);
	const controller = new AbortController();
	try {
		const answer = await within(fetch(plan.url, { ...init, signal: controller.signal }), plan.ms, deps);
		const ms = age();
		if (typeof answer === 'string') return { attempt: { ...base, ms, outcome: 'pending' } };
		return await read(answer.value, { ...base, ms }, plan, deps);
	} catch (error) {
		const ms = age();
		return {
			attempt: { ...base, ms, outcome: 'rejected', threw: thrown(error), ...timingOf(plan.url, start) }
		};
	} finally {
		// Lets go of a request that hangs, and of a body that was not read to its end.
		controller.abort();
	}
}

type Asked = Pick<
	FetchAttempt,
	'url' | 'method' | 'mode' | 'crossOrigin' | 'preflight' | 'credentials' | 'authorized'
>;

function request(url: string, init: RequestInit): Asked {
	const method = (init.method ?? 'GET').toUpperCase() as FetchAttempt['method'];
	const headers = new Headers(init.headers);
	const crossOrigin = originOf(url) !== location.origin;
	const isPlain = [...headers].every(
		([name, value]) =>
			SIMPLE_HEADERS.includes(name) &&
			(name !== 'content-type' || SIMPLE_TYPES.test(value)) &&
			value.length <= 128
	);
	const mode = (init.mode ?? 'cors') as FetchAttempt['mode'];
	return {
		url: shownUrl(url),
		method,
		mode,
		crossOrigin,
		preflight: crossOrigin && mode === 'cors' && !isPlain,
		credentials: init.credentials as FetchAttempt['credentials'],
		authorized: headers.has('authorization')
	};
}

async function read(
	response: Response,
	base: Asked & Pick<FetchAttempt, 'at' | 'ms'>,
	plan: FetchPlan,
	deps: ProbeDeps
): Promise<FetchSeen> {
	const { type, status, redirected, headers } = response;
	const isOpaque = type === 'opaque' || type === 'opaqueredirect';
	const contentType = headers.get('content-type') ?? undefined;
	const seen = {
		...base,
		outcome: isOpaque ? ('opaque' as const) : ('answered' as const),
		type,
		status,
		...(redirected ? { redirected, finalUrl: shownUrl(response.url) } : {}),
		...given('contentType', contentType),
		...given('date', headers.get('date')),
		...given('retryAfter', headers.get('retry-after')),
		...given('allow', headers.get('allow'))
	};
	if (isOpaque) return { attempt: { ...seen, body: 'unreadable' } };
	const body = await bodyOf(response, plan, deps);
	if (typeof body === 'string') return { attempt: { ...seen, body } };
	const kind = kindOf(body.text);
	const excerpt = kind === 'jwt' || kind === 'empty' ? undefined : foreignData(body.text);
	return { attempt: { ...seen, body: kind, ...given('excerpt', excerpt) }, text: body.text };
}

async function bodyOf(response: Response, { mostBytes = MOST_BYTES }: FetchPlan, deps: ProbeDeps) {
	try {
		const body = await within(readLimited(response, mostBytes), BODY_MS, deps);
		return typeof body === 'string' ? 'unreadable' : body.value;
	} catch {
		return 'unreadable';
	}
}

function kindOf(text: string): NonNullable<FetchAttempt['body']> {
	const body = text.trim();
	if (body === '') return 'empty';
	if (JWT_TEXT.test(body)) return 'jwt';
	if (/^<(?:!doctype|html|head|body|\?xml|!--)/i.test(body)) return 'html';
	try {
		JSON.parse(body);
		return 'json';
	} catch {
		return 'text';
	}
}

/** An entry's name holds the whole address, so only its figures are taken. */
function timingOf(url: string, start: number): Pick<FetchAttempt, 'timing'> {
	const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
	if (all.length >= TIMING_ENTRIES) return {};
	const wanted = normal(url);
	const entry = all.findLast(({ name, startTime }) => name === wanted && startTime >= start - 1);
	if (!entry) return { timing: { entry: false } };
	const { duration, responseStatus } = entry as PerformanceResourceTiming & { responseStatus?: number };
	return {
		timing: { entry: true, durationMs: Math.round(duration), ...given('responseStatus', responseStatus) }
	};
}

function normal(url: string): string {
	try {
		return new URL(url, location.href).href;
	} catch {
		return url;
	}
}

function originOf(url: string): string {
	try {
		return new URL(url, location.href).origin;
	} catch {
		return 'null';
	}
}

function given<K extends string, V>(key: K, value: V | null | undefined): { [key in K]?: V } {
	return value === undefined || value === null ? {} : ({ [key]: value } as { [key in K]: V });
}
