import type { CallRecord, CauseCode, Facts } from '../types.ts';

const ENDINGS: Readonly<Record<string, CauseCode>> = {
	busy: 'call.busy',
	'no-answer': 'call.no-answer',
	refused: 'call.declined'
};
const OF_PEOPLE: readonly string[] = ['call.busy', 'call.no-answer', 'call.declined', 'call.unavailable'];

/** What people on the far side did, where that is how the call ended; a vendor's code that says more counts before. */
export function byPeople({ reason, fault }: CallRecord): CauseCode | undefined {
	if (fault !== undefined) return OF_PEOPLE.includes(fault) ? (fault as CauseCode) : undefined;
	return ENDINGS[reason ?? ''];
}

export const factsOf = ({ vendorCode, said, talkedMs, endedAfterMs }: CallRecord): Facts => ({
	...(vendorCode === undefined ? {} : { code: vendorCode }),
	...(said?.text === undefined ? {} : { said: said.text }),
	...(endedAfterMs === undefined ? {} : { ms: endedAfterMs }),
	talkedSeconds: Math.round(talkedMs / 1000)
});
