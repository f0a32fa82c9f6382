/** A duration as a clock shows it: 0:07, 12:34, 1:02:03. */
export function clockTime(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
	const shown = parts[0] === 0 ? parts.slice(1) : parts;
	return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** When it was, seen from `now`: the time today, the weekday within six days, else the date. All wall ms. */
export function whenShort(at: number, now: number, language: string): string {
	const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
	if (days === 0) return format(at, language, { hour: 'numeric', minute: '2-digit' });
	if (days > 0 && days < 6)
		return format(at, language, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
	const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
	return format(at, language, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
}

/** The whole date and time, for whoever needs it exactly. */
export const whenLong = (at: number, language: string): string =>
	format(at, language, { dateStyle: 'full', timeStyle: 'medium' });

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Making a format is a hundred times dearer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, language: string, options: Intl.DateTimeFormatOptions): string {
	const key = language + JSON.stringify(options);
	const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
	formats.set(key, known);
	return known.format(at);
}
