import { describe, expect, test } from 'vitest';
import { readLimited } from './read-limited.ts';

/** An answer that arrives in these pieces, and tells when it is no longer wanted. */
function inPieces(pieces: readonly Uint8Array[]) {
	let at = 0;
	let cancelled = false;
	const stream = new ReadableStream<Uint8Array>({
		pull(controller) {
			const piece = pieces[at];
			at += 1;
			if (piece) controller.enqueue(piece);
			else controller.close();
		},
		cancel() {
			cancelled = true;
		}
	});
	return {
		response: new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>),
		taken: () => at,
		cancelled: () => cancelled
	};
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const bytewise = (text: string) => [...bytesOf(text)].map((byte) => Uint8Array.of(byte));

describe('a body of limited length', () => {
	test.each(['', 'plain', 'ñandú 📞', '\ufeffmarked'])('%j, byte by byte', async (text) => {
		const { response } = inPieces(bytewise(text));
		expect(await readLimited(response, 100)).toEqual({ text: text.replace('\ufeff', '') });
	});

	test('no body at all', async () => {
		expect(await readLimited(new Response(null, { status: 204 }), 1)).toEqual({ text: '' });
	});

	test('what is no UTF-8 is shown as such', async () => {
		const { response } = inPieces([Uint8Array.of(0xff, 0xfe, 0x7b)]);
		expect(await readLimited(response, 100)).toEqual({ text: '\ufffd\ufffd{' });
	});

	test('counts bytes, not characters', async () => {
		expect(await readLimited(inPieces([bytesOf('ñññ')]).response, 6)).toEqual({ text: 'ñññ' });
		expect(await readLimited(inPieces([bytesOf('ñññ')]).response, 5)).toBe('too-large');
	});

	test('lets go of the rest', async () => {
		const pieces = Array.from({ length: 1000 }, () => bytesOf('0123456789'));
		const { response, taken, cancelled } = inPieces(pieces);
		expect(await readLimited(response, 95)).toBe('too-large');
		expect(cancelled()).toBe(true);
		expect(taken()).toBeLessThan(15);
	});
});
