import type { Fetch } from './fetch-listener.ts';

type Env = Readonly<Record<string, string>>;

/** What each module that has been loaded hands to `Deno.serve`, which it does once. */
const answers = new WeakMap<object, Fetch>();
let env: Env = {};

/**
 * Stands in for the two things of Deno that the recipes use. Loads a function and gives what it answers with, instead of
 * serving it; while it begins to answer it finds `settings` in `Deno.env`.
 */
export async function loadDenoFunction(load: () => Promise<unknown>, settings: Env): Promise<Fetch> {
	let served: Fetch | undefined;
	const world = globalThis as { Deno?: object };
	world.Deno = { serve: (answer: Fetch) => void (served = answer), env: { toObject: () => env } };
	const module = (await load()) as object;
	const answer = served ?? answers.get(module);
	if (!answer) throw new Error('the function serves nothing');
	answers.set(module, answer);
	return (request) => {
		env = settings;
		return answer(request);
	};
}
