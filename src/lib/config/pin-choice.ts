/** Why a PIN is no good; undefined for one that is. */
export type PinWeakness = 'not-digits' | 'too-short' | 'too-long' | 'trivial';

const SHORTEST = 6;
const LONGEST = 32;
const LONGEST_BLOCK = 3;

/** What is tried first has no place on a door: one digit, a run, or a block of up to three digits again and again. */
export function pinWeakness(pin: string): PinWeakness | undefined {
	if (!/^\d*$/.test(pin)) return 'not-digits';
	if (pin.length < SHORTEST) return 'too-short';
	if (pin.length > LONGEST) return 'too-long';
	return isRun(pin) || isRepetition(pin) ? 'trivial' : undefined;
}

/** 123456, 890123, 654321 or 246802. */
function isRun(pin: string): boolean {
	const digits = [...pin].map(Number);
	const step = (at: number) => ((digits[at] ?? 0) - (digits[at - 1] ?? 0) + 10) % 10;
	return digits.every((_, at) => at < 1 || step(at) === step(1));
}

function isRepetition(pin: string): boolean {
	return Array.from({ length: LONGEST_BLOCK }, (_, at) => at + 1).some((length) =>
		pin.startsWith(pin.slice(length))
	);
}
