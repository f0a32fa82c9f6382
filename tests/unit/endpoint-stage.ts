import type { TokenRequest } from '#lib/config/token-request.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { LineError } from '#lib/core/errors.ts';
import { BearerKeeper } from '#lib/browser/bearer-keeper.ts';
import { TokenEndpoint } from '#lib/browser/token-endpoint.ts';
import { HandClock } from '../support/hand-clock.ts';
import { ScriptedServer } from '../support/scripted-server.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What the servers hand out; nobody here checks its signature. */
export const jwt = `${part({ alg: 'HS256' })}.${part({ iat: 1_999_996_400, exp: 2_000_000_000 })}.c2ln`;

const alice: TokenRequest = { kind: 'twilio', line: 'desk', identity: 'alice' };

/** A token server on this machine, a second origin, and a phone beside the first one. */
export class EndpointStage {
	readonly server = new ScriptedServer((response) => void response.end(JSON.stringify({ token: jwt })));
	readonly other = new ScriptedServer((response) => void response.end(JSON.stringify({ token: jwt })));
	readonly clock = new HandClock();
	readonly bearers = new BearerKeeper();

	async start(): Promise<void> {
		await Promise.all([this.server.start(), this.other.start()]);
	}

	async stop(): Promise<void> {
		await Promise.all([this.server.stop(), this.other.stop()]);
	}

	endpoint(
		change: Partial<TokenSettings> = {},
		browser: { online?: boolean; fetch?: typeof fetch } = {}
	): TokenEndpoint {
		const settings: TokenSettings = {
			url: './token',
			method: 'POST',
			auth: 'none',
			headers: {},
			style: 'snake',
			response: {},
			...change
		};
		return new TokenEndpoint(settings, alice, {
			clock: this.clock,
			bearers: this.bearers,
			base: `${this.server.origin}/app/`,
			fetch: browser.fetch ?? fetch,
			isOnline: () => browser.online ?? true
		});
	}

	/** The error of a request that must fail; its timers are gone with it. */
	async refusal(ask: Promise<unknown>): Promise<ReturnType<LineError['toJSON']>> {
		const error = await ask.then(
			() => {
				throw new Error('a token came');
			},
			(reason: unknown) => reason as LineError
		);
		if (error.name !== 'LineError') throw error;
		if (this.clock.pending > 0) throw new Error('a timer is left behind');
		return error.toJSON();
	}
}
