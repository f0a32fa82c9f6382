import { expect, it } from 'vitest';
import { once } from './once.ts';

it('brings it once, and again after a failure', async () => {
	let asked = 0;
	const bring = once(() => {
		asked++;
		return asked === 1 ? Promise.reject(new Error('no network')) : Promise.resolve({ asked });
	});
	const both = [bring(), bring()];
	for (const one of both) await expect(one).rejects.toThrow('no network');
	expect(await bring()).toBe(await bring());
	expect(asked).toBe(2);
});
