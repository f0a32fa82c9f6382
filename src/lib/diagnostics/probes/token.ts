import { tokenInit } from '#lib/browser/token-wire.ts';
import { fillRequest, type TokenRequest } from '#lib/config/token-request.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { Secret } from '#lib/core/secret.ts';
import type { Claims, TokenEvidence } from '../types.ts';
import { THRESHOLDS } from '../thresholds.ts';
import { probeFetch, type FetchSeen } from './fetch.ts';
import { readToken, withoutToken } from './token-reading.ts';
import { pause, within, type ProbeDeps } from './wait.ts';

export interface TokenPlan {
	readonly settings: TokenSettings;
	readonly request: TokenRequest;
	/** What a relative address is relative to. */
	readonly base: string;
	/** What the user has given for that origin; never asks for it. */
	bearer(origin: string): Secret | undefined;
}

/** A token as the endpoint gave it, for the probes that need one, with what was seen on the way. */
export interface ProbedToken {
	readonly evidence: TokenEvidence;
	readonly secret?: Secret;
	readonly serverUrl?: string;
	readonly identity?: string;
}

/** A token that is older than its own end has come out of a cache; the next second's one can be told from it. */
const NEXT_SECOND_MS = 1_100;
/** Servers that are awake have answered by then. */
const SILENT_MS = 2_000;

/**
 * Asks for a token exactly as the line does, and where that fails, what tells the reasons apart: the same host without
 * CORS, and a plain GET. Where the token had ended on arrival, or came very late, once more past the caches. Never rejects.
 */
export async function probeToken(plan: TokenPlan, deps: ProbeDeps): Promise<ProbedToken> {
	const { settings, request, base } = plan;
	const filled = fillRequest(settings, request, base);
	if (!filled.ok) return { evidence: { bearer: 'not-needed', notAsked: wrongAddress(settings.url, base) } };
	const { url } = filled.value;
	const bearer = settings.auth === 'bearer' ? plan.bearer(url.origin) : undefined;
	if (settings.auth === 'bearer' && !bearer)
		return { evidence: { bearer: 'missing', notAsked: 'bearer-missing' } };
	const init = tokenInit(filled.value, settings, bearer);
	const ask = (at: URL) => probeFetch({ url: at.href, init, ms: THRESHOLDS.tokenVerdictMs }, deps);

	const asking = ask(url);
	// What never answers is looked at otherwise while it is still waited for: the two waits would add up.
	const early = await within(asking, SILENT_MS, deps);
	const looking = early === 'late' ? withoutCors(url, deps) : undefined;
	const seen = await asking;
	const { evidence, ...token } = readToken(seen, plan);
	const more = await besides();
	return {
		evidence: { asked: withoutToken(seen), ...evidence, ...more, bearer: bearer ? 'sent' : 'not-needed' },
		...token
	};

	function besides(): Promise<Partial<TokenEvidence>> {
		const { outcome } = seen.attempt;
		if (outcome === 'answered') return pastCaches(seen, evidence.claims, deps, askPastCaches);
		return outcome === 'opaque' ? Promise.resolve({}) : (looking ?? withoutCors(url, deps));
	}

	async function askPastCaches(buster: string) {
		const fresh = new URL(url);
		fresh.searchParams.set('_', buster);
		const again = await ask(fresh);
		return { again, claims: readToken(again, plan).evidence.claims };
	}
}

/** Once more, where a cache or a slow start has to be told from what a server always does. */
async function pastCaches(
	{ attempt }: FetchSeen,
	claims: Claims | undefined,
	deps: ProbeDeps,
	ask: (buster: string) => Promise<{ readonly again: FetchSeen; readonly claims: Claims | undefined }>
): Promise<Partial<TokenEvidence>> {
	const exp = claims?.payload?.['exp'];
	const isOver = typeof exp === 'number' && exp * 1000 < deps.clock.now();
	if (!isOver && attempt.ms <= THRESHOLDS.tokenWaitingMs) return {};
	if (isOver) await pause(NEXT_SECOND_MS, deps);
	const { again, claims: fresh } = await ask(String(Math.round(deps.clock.now())));
	return { again: withoutToken(again), ...(fresh ? { againClaims: fresh } : {}) };
}

/** Nothing of the answer may be read, or there is none: what may be asked without a preflight, and without CORS. */
async function withoutCors({ origin, pathname }: URL, deps: ProbeDeps): Promise<Partial<TokenEvidence>> {
	const look = (mode: 'no-cors' | 'cors') =>
		probeFetch({ url: `${origin}${pathname}`, init: { mode }, ms: THRESHOLDS.companionMs }, deps);
	const [noCors, simple] = await Promise.all([look('no-cors'), look('cors')]);
	return { noCors: noCors.attempt, simple: withoutToken(simple) };
}

/** Of an address that may not be used: plain http where it is not allowed, or none at all. */
function wrongAddress(url: string, base: string): NonNullable<TokenEvidence['notAsked']> {
	try {
		return new URL(url, base).protocol === 'http:' ? 'insecure-address' : 'wrong-address';
	} catch {
		return 'wrong-address';
	}
}
