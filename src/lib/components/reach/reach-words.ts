import type { Reachability, ReachSpan } from '#lib/core/reach.ts';
import type { Reach } from '#lib/state/reach-port.ts';
import { m } from '#lib/words/messages.js';
import { getLocale } from '#lib/words/runtime.js';
import { whenShort } from '../moments.ts';

/** How a line was, in two or three words. */
export const reachWords: Readonly<Record<Reachability, () => string>> = {
	reachable: () => m.reach_reachable(),
	asleep: () => m.reach_asleep(),
	offline: () => m.reach_offline(),
	'no-token': () => m.reach_no_token(),
	down: () => m.reach_down()
};

/** When a page rings on this system, and when it does not. */
export const ringsWhen: Readonly<Record<Reach['ground'], () => string>> = {
	desktop: () => m.reach_on_desktop(),
	android: () => m.reach_on_android(),
	ios: () => m.reach_on_ios()
};

/** When nobody could call, and why. */
export function absenceWords({ from, to, reach }: ReachSpan): string {
	const [start, end] = [from, to].map((at) => whenShort(at, to, getLocale()));
	const why = reachWords[reach]();
	if (start === end) return m.notice_absence_short({ at: end ?? '', why });
	return m.notice_absence({ from: start ?? '', to: end ?? '', why });
}
