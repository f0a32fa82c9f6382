import { addressKey, parseAddress } from '#lib/core/address.ts';
import type { HistoryRow } from '#lib/core/history.ts';
import type { Abilities } from '#lib/core/line.ts';

/** A line that can be called with now. */
interface UsableLine {
	readonly id: string;
	readonly can: Pick<Abilities, 'dials'>;
}

/** So far back it remembers: more would be read at every key. */
const ROWS = 1000;

/**
 * The line that was last used with the address that is typed, as far as it can be used now. Both directions count: whoever
 * called on a line is called back on it. Short codes are not remembered: every number begins like one.
 *
 * @param rows newest first
 * @param country ISO 3166 code, as parseAddress takes it
 */
export function lastLineFor(
	typed: string,
	rows: readonly HistoryRow[],
	lines: readonly UsableLine[],
	country: string
): string | undefined {
	// What is typed means on each line what that line can dial: a name is a client here and a room there.
	const meant = new Map(lines.map(({ id, can }) => [id, keyOf(typed, can, country)]));
	if (![...meant.values()].some(Boolean)) return undefined;
	return rows.slice(0, ROWS).find(({ lineId, address }) => meant.get(lineId) === address)?.lineId;
}

function keyOf(typed: string, can: Pick<Abilities, 'dials'>, country: string): string | undefined {
	const read = parseAddress(typed, can, country);
	return read.ok && read.value.address.kind !== 'code' ? addressKey(read.value.address) : undefined;
}
