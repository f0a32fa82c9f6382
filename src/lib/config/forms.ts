import { check, integer, maxValue, minValue, number, pipe, regex, string } from 'valibot';

/** Text of one form. `form` says in a notation that needs no language what is allowed. */
export const text = (form: string, pattern: RegExp) => pipe(string(form), regex(pattern, form));

/** Text that passes `test`. */
export const textThat = (form: string, test: (text: string) => boolean) =>
	pipe(string(form), check(test, form));

/** A whole number from `least` to `most`. */
export const whole = (least: number, most: number) => {
	const form = `${least} … ${most}`;
	return pipe(number(form), integer(form), minValue(least, form), maxValue(most, form));
};

/** The name of a line or a probe, in addresses and reports. */
export const id = text('[a-z0-9-]{1,32}', /^[a-z0-9-]{1,32}$/);

/** What people read: one line, not blank, at most 60 characters. */
export const label = text('"…" (1 … 60)', /^(?=.*\S)[^\n\r]{1,60}$/);
