import { encode } from 'uqr';

/** Longer texts give squares that a phone's camera cannot tell apart on a screen. */
const MOST_CHARACTERS = 1_200;

export interface QrCode {
	/** Squares along one edge, with the quiet border. */
	readonly size: number;
	/** The dark squares, as the path of an SVG in a box of `size`. */
	readonly path: string;
}

/** The text as a QR code; undefined where it is too long for one that can be scanned. Heavy: comes when it is shown. */
export function qrCode(text: string): QrCode | undefined {
	if (text.length > MOST_CHARACTERS) return undefined;
	const { data, size } = encode(text, { ecc: 'L', border: 4 });
	const path = data
		.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
		.join('');
	return { size, path };
}
