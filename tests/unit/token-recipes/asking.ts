import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import {
	startRecipe,
	type RecipeFile,
	type RunningRecipe,
	type Settings
} from '../../token-endpoints/recipes.ts';

export const ORIGIN = 'https://phone.example.com';
export const ROOM = 'call-0123456789';

export interface Ask {
	/** Whose bearer; null: no authorization at all. */
	readonly as?: string | null;
	readonly method?: string;
	/** Over those of a good request; undefined: without it. */
	readonly headers?: Readonly<Record<string, string | undefined>>;
	/** Text as it is, all else as JSON; what the phone itself asks, unless it is said. */
	readonly body?: unknown;
	readonly address?: string;
}

/** What the phone asks of an endpoint of that kind, with these fields besides. */
export const fields = ({ kind }: RunningRecipe, identity?: unknown): object =>
	kind === 'twilio'
		? { ...(identity === undefined ? {} : { identity }) }
		: {
				room_name: ROOM,
				...(identity === undefined ? {} : { participant_identity: identity })
			};

let count = 0;
/** An address that nobody has had before. */
export const newAddress = (): string => `2001:db8::${(++count).toString(16)}`;

export function ask(recipe: RunningRecipe, { as = 'alice', ...asked }: Ask = {}): Promise<Response> {
	const { method = 'POST', body = fields(recipe), address = newAddress() } = asked;
	const headers = Object.entries({
		origin: ORIGIN,
		'x-forwarded-for': address,
		...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
		...(as === null ? {} : { authorization: `Bearer ${recipe.bearerOf(as)}` }),
		...asked.headers
	}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]));
	return fetch(recipe.tokenUrl, {
		method,
		headers,
		...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {})
	});
}

export async function tokenOf(answer: Response): Promise<string> {
	const { token, participant_token } = (await answer.json()) as Record<string, string | undefined>;
	return token ?? participant_token ?? '';
}

export type Claims = Readonly<Record<string, unknown>> & {
	readonly grants?: { readonly identity?: string };
};
export const claimsOf = (token: string): Claims =>
	JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;

/** Whose token it is. */
export const ownerOf = (token: string): unknown => {
	const { grants, sub } = claimsOf(token);
	return grants?.identity ?? sub;
};

/** A recipe for the tests of a block. Each finds the limits unused: a minute has passed. */
export function useRecipe(file: RecipeFile, settings?: Settings): () => RunningRecipe {
	let running: RunningRecipe | undefined;
	beforeAll(async () => {
		vi.useFakeTimers({ toFake: ['Date'] });
		running = await startRecipe(file, settings);
	});
	beforeEach(() => passMinute());
	afterAll(async () => {
		await running?.close();
		vi.useRealTimers();
	});
	return () => {
		if (!running) throw new Error('The recipe runs only inside tests.');
		return running;
	};
}

export const passMinute = (): void => void vi.setSystemTime(Date.now() + 60_000);
