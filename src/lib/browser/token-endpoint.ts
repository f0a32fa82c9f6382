import { readAnswer } from '#lib/config/token-answer.ts';
import { refusalError } from '#lib/config/token-refusal.ts';
import { fillRequest, type FilledRequest, type TokenRequest } from '#lib/config/token-request.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import { abortError } from '#lib/core/deadline.ts';
import { LineError, type FaultFacts } from '#lib/core/errors.ts';
import { decodeClaims } from '#lib/core/jwt.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Secret } from '#lib/core/secret.ts';
import type { FreshToken } from '#lib/core/token-source.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { BearerKeeper } from './bearer-keeper.ts';
import { readLimited } from './read-limited.ts';
import { tokenInit } from './token-wire.ts';

export interface EndpointDeps {
	readonly clock: Clock;
	readonly bearers: BearerKeeper;
	/** What relative addresses are relative to: where the app lives, on whichever of its pages we are. */
	readonly base: string;
	readonly fetch: typeof fetch;
	readonly isOnline: () => boolean;
}

/** After this long free hosting may be waking up from its sleep, ms; and after this long nobody waits any more. */
const SLOW_MS = 8_000;
const GIVE_UP_MS = 60_000;
const MOST_BYTES = 64 * 1024;

/** One line's way to its tokens (contract, section 2). Every failure is a LineError. */
export class TokenEndpoint {
	readonly #settings: TokenSettings;
	readonly #request: TokenRequest;
	readonly #deps: EndpointDeps;
	readonly #slow = new Cell(false);

	constructor(settings: TokenSettings, request: TokenRequest, deps: EndpointDeps) {
		this.#settings = settings;
		this.#request = request;
		this.#deps = deps;
	}

	/** True while an answer has been outstanding for 8 s: the server may be waking up. */
	get slow(): Watched<boolean> {
		return this.#slow;
	}

	async ask(signal?: AbortSignal): Promise<FreshToken> {
		const filled = fillRequest(this.#settings, this.#request, this.#deps.base);
		if (!filled.ok) throw filled.error;
		const { origin } = filled.value.url;
		const bearer = this.#bearer(origin);
		if (signal?.aborted) throw abortError(signal);

		const { clock } = this.#deps;
		const controller = new AbortController();
		const late = new LineError('token-endpoint.no-answer', { facts: { origin, seconds: GIVE_UP_MS / 1000 } });
		const abort = () => controller.abort(abortError(signal));
		const stops = [
			clock.after(SLOW_MS, () => this.#slow.set(true)),
			clock.after(GIVE_UP_MS, () => controller.abort(late))
		];
		signal?.addEventListener('abort', abort);
		try {
			return await this.#exchange(filled.value, bearer, controller.signal);
		} catch (error) {
			if (error instanceof LineError) throw error;
			if (controller.signal.reason instanceof LineError) throw controller.signal.reason;
			// A refused port, a wrong name, a broken certificate and a missing CORS header all look the same from here.
			const fault = this.#deps.isOnline() ? 'token-endpoint.unreachable' : 'network.offline';
			throw new LineError(fault, { facts: { origin }, cause: error });
		} finally {
			for (const stop of stops) stop();
			signal?.removeEventListener('abort', abort);
			this.#slow.set(false);
			// Lets go of a body that was not read to its end.
			controller.abort();
		}
	}

	#bearer(origin: string): Secret | undefined {
		if (this.#settings.auth !== 'bearer') return undefined;
		const bearer = this.#deps.bearers.ask(this.#request.line, origin);
		if (!bearer) throw new LineError('token-endpoint.bearer-missing', { facts: { origin } });
		return bearer;
	}

	async #exchange(
		request: FilledRequest,
		bearer: Secret | undefined,
		signal: AbortSignal
	): Promise<FreshToken> {
		const { url } = request;
		const facts: FaultFacts = { origin: url.origin };
		// Called on its own: a browser's fetch refuses any other `this` than its window.
		const { fetch } = this.#deps;
		const response = await fetch(url, { ...tokenInit(request, this.#settings, bearer), signal });
		if (bearer && response.status === 401) this.#deps.bearers.forget(url.origin, bearer);
		const body = await readLimited(response, MOST_BYTES);
		if (!response.ok) {
			const text = body === 'too-large' ? '' : body.text;
			throw refusalError(
				{
					status: response.status,
					text,
					retryAfter: response.headers.get('retry-after') ?? undefined,
					allow: response.headers.get('allow') ?? undefined
				},
				this.#settings,
				facts,
				this.#deps.clock.now()
			);
		}
		if (body === 'too-large') {
			throw new LineError('token-endpoint.too-large', { facts: { ...facts, limitKiB: MOST_BYTES / 1024 } });
		}
		const answer = readAnswer(body.text, this.#request.kind, this.#settings.response, facts);
		if (!answer.ok) throw answer.error;
		const serverTime = Date.parse(response.headers.get('date') ?? '');
		return {
			...answer.value,
			...timesOf(answer.value.secret),
			...(Number.isNaN(serverTime) ? {} : { serverTime })
		};
	}
}

/** What the token says of its own time; nothing when it is no JWT. */
function timesOf(secret: Secret): Pick<FreshToken, 'issuedAt' | 'expiresAt'> {
	const claims = decodeClaims(secret.reveal());
	if (!claims.ok) return {};
	const { iat, exp } = claims.value.payload;
	return {
		...(typeof iat === 'number' ? { issuedAt: iat * 1000 } : {}),
		...(typeof exp === 'number' ? { expiresAt: exp * 1000 } : {})
	};
}
