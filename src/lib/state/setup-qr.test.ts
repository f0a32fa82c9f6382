import { expect, test } from 'vitest';
import { qrCode } from './setup-qr.ts';

test('a link is a square with the three marks that cameras look for, and a quiet border', () => {
	const code = qrCode(`https://phone.example/setup/#setup=${'eyJsaW5lcyI6W119'.repeat(20)}`);
	if (!code) throw new Error('no code');
	const { size, path } = code;
	const dark = new Set([...path.matchAll(/M(\d+) (\d+)h/g)].map(([, x, y]) => `${x} ${y}`));
	const border = Array.from({ length: size }, (_, at) => at).filter((at) =>
		[0, 1, 2, 3, size - 4, size - 1].some((edge) => dark.has(`${at} ${edge}`) || dark.has(`${edge} ${at}`))
	);
	expect(border).toEqual([]);
	for (const [x, y] of [
		[4, 4],
		[size - 11, 4],
		[4, size - 11]
	] as const) {
		const mark = Array.from({ length: 49 }, (_, at) => dark.has(`${x + (at % 7)} ${y + Math.floor(at / 7)}`));
		expect(mark.map((one) => (one ? '#' : '.')).join('')).toBe(
			'########.....##.###.##.###.##.###.##.....########'
		);
	}
});

test('what a camera could not read is not drawn', () => {
	expect(qrCode('x'.repeat(1_200))).toBeDefined();
	expect(qrCode('x'.repeat(1_201))).toBeUndefined();
});
