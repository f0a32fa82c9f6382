const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_LENGTH = 10;
/** Of 256 byte values these divide evenly among the letters; the rest would prefer some. */
const FAIR = 256 - (256 % LETTERS.length);

/** What a room's template is filled with. */
export interface RoomNameParts {
	/** '' where none is configured. */
	readonly identity: string;
	/** Wall time in ms, for the date (UTC). */
	readonly now: number;
	/** So many random bytes. */
	random(count: number): Uint8Array;
}

/**
 * The room that `template` means for this one call: a room that is used again within 20 s of its end gets no new agent, so
 * `{random}` is different every time.
 */
export function roomName(template: string, { identity, now, random }: RoomNameParts): string {
	return template.replace(/\{(random|identity|date)\}/g, (_, part: string) => {
		if (part === 'identity') return identity;
		return part === 'date' ? new Date(now).toISOString().slice(0, 10) : randomText(random);
	});
}

function randomText(random: RoomNameParts['random']): string {
	let text = '';
	while (text.length < RANDOM_LENGTH) {
		for (const byte of random(2 * RANDOM_LENGTH)) {
			if (byte < FAIR && text.length < RANDOM_LENGTH) text += LETTERS[byte % LETTERS.length] ?? '';
		}
	}
	return text;
}
