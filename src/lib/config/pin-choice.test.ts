import { expect, it } from 'vitest';
import { pinWeakness } from './pin-choice.ts';

it.each([
	['', 'too-short'],
	['48291', 'too-short'],
	['482 913', 'not-digits'],
	['secret', 'not-digits'],
	['４８２９１３', 'not-digits'],
	['1'.repeat(33), 'too-long'],
	['000000', 'trivial'],
	['123456', 'trivial'],
	['0123456789', 'trivial'],
	['890123', 'trivial'],
	['987654', 'trivial'],
	['246802', 'trivial'],
	['121212', 'trivial'],
	['123123', 'trivial'],
	['12312312', 'trivial'],
	['482913', undefined],
	['112233', undefined],
	['1231231', 'trivial'],
	['12341235', undefined]
])('%s: %s', (pin, weakness) => {
	expect(pinWeakness(pin)).toBe(weakness);
});
