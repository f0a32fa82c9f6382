import type { Probe } from '#lib/config/config.ts';
import { Secret } from '#lib/core/secret.ts';
import type { TargetPlan } from './target.ts';
import type { Talk } from './talk.ts';

/** Good in shape, and signed by nobody. */
const DUMMY_TOKEN = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA';
const TOKEN = /\{token(?::([a-z0-9-]{1,32}))?\}/g;

/** By what a query's template calls them: '' is the probe's own token, all else that of a line. */
export type Tokens = ReadonlyMap<string, Secret>;

/** '' for the probe's own token, else the line's id. */
export const namesIn = (text: string): readonly string[] =>
	[...text.matchAll(TOKEN)].map(([, line = '']) => line);

/** A token that did not come leaves nothing in its place. */
export function fill(text: string, tokens: Tokens): string {
	return text.replace(TOKEN, (_, line: string | undefined) => tokens.get(line ?? '')?.reveal() ?? '');
}

export interface WebSocketPlan {
	/** Its own address, or an alternative. */
	readonly url: string;
	readonly role: TargetPlan['role'];
	readonly probe: Probe;
	readonly tokens: Tokens;
	readonly protocols: readonly string[] | undefined;
}

/** How one address of a further WebSocket is tried, and how differently. */
export function targetPlan({ url, role, probe, tokens, protocols }: WebSocketPlan): TargetPlan {
	const { query, expect } = probe;
	const talk = expect.message === undefined ? {} : { talk: awaits(expect.message, expect.withinSeconds) };
	const subprotocols = protocols ? { protocols } : {};
	const variant = (parameters: Readonly<Record<string, string>>, what?: string) => ({
		url: withQuery(url, parameters),
		...talk,
		...subprotocols,
		...(what === undefined ? {} : { what })
	});
	const entries = Object.entries(query);
	const hasToken = ([, text]: readonly [string, string]) => namesIn(text).length > 0;
	const full = mapped(entries, tokens);
	const dummyToken = new Secret(DUMMY_TOKEN);
	const dummy = new Map([...tokens.keys()].map((name) => [name, dummyToken] as const));
	const other = entries.find((entry) => !hasToken(entry));
	// Where its token did not come, nothing is told apart by leaving it out.
	const isShown = dummy.size > 0 && entries.some(hasToken);
	const plain = entries.filter((entry) => !hasToken(entry));
	return {
		role,
		...variant(full),
		expectsConfirmation: expect.message !== undefined,
		variants: {
			...(isShown ? { noToken: variant(mapped(plain, tokens)) } : {}),
			...(isShown ? { dummyToken: variant(mapped(entries, dummy)) } : {}),
			...(other
				? {
						noParameter: variant(
							mapped(
								entries.filter((entry) => entry !== other),
								tokens
							),
							other[0]
						)
					}
				: {})
		}
	};
}

const mapped = (
	entries: readonly (readonly [string, string])[],
	tokens: Tokens
): Readonly<Record<string, string>> =>
	Object.fromEntries(entries.map(([name, text]) => [name, fill(text, tokens)]));

/** Beside whatever stands in the address already. */
function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
	const query = Object.entries(parameters)
		.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
		.join('&');
	if (query === '') return url;
	return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** A text frame that contains this. */
const awaits =
	(message: string, withinSeconds: number): Talk =>
	async (socket, hearing) => {
		const end = withinSeconds * 1000;
		while (socket.ageMs < end) {
			const frame = await socket.next(end - socket.ageMs);
			if (frame === undefined) return;
			if (typeof frame === 'string' && frame.includes(message)) return hearing.confirm();
		}
	};
