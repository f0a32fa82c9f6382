import { expect, it } from 'vitest';
import { DialLimit } from './dial-limit.ts';

const MINUTE = 60_000;

it('admits ten calls in any minute', () => {
	const limit = new DialLimit();
	expect(Array.from({ length: 11 }, (_, at) => limit.take(at * 1_000)).filter(Boolean)).toHaveLength(10);
	expect(limit.take(MINUTE - 1)).toBe(false);
	expect(limit.take(MINUTE)).toBe(true);
	expect(limit.take(MINUTE)).toBe(false);
});

it('admits sixty calls in any hour', () => {
	const limit = new DialLimit();
	let admitted = 0;
	for (let at = 0; at < 60 * MINUTE; at += 1_000) if (limit.take(at)) admitted++;
	expect(admitted).toBe(60);
	expect(limit.take(60 * MINUTE)).toBe(true);
});
