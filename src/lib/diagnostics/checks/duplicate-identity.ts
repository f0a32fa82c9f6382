import { valueOf } from '../reading/surroundings.ts';
import { pass, skipped, warn } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { CallRecord, Check } from '../types.ts';

/** Someone else is known by the same name: calls that end there, rooms that let only the newest stay. */
export const duplicateIdentity: Check<'line', 'calls'> = {
	id: 'duplicate-identity',
	scopes: ['line'],
	needs: ['calls'],
	judge({ calls: { recent } }, { all }) {
		const [last] = recent;
		if (!last) return skipped('no-call-yet');
		const room = recent.find(
			({ conversation, fault }) =>
				conversation?.disconnectReason === 2 || fault === 'livekit-room.duplicate-identity'
		);
		if (room) return warn('livekit-room.duplicate-identity', 'certain');
		// A tab of our own that took it did so by its user's wish.
		if ((valueOf(all.page.phone)?.otherTabs ?? 0) > 0) return pass;
		const taken = recent.filter(wasTakenElsewhere);
		// One caller who gives up at once is no sign; two are.
		const isSign = taken.some(({ reason }) => reason === 'answered-elsewhere') || taken.length > 1;
		return isSign ? warn('registration.duplicate-identity', 'likely', { times: taken.length }) : pass;
	}
};

const wasTakenElsewhere = ({ direction, reason, endedAfterMs = Infinity }: CallRecord): boolean =>
	direction === 'in' &&
	(reason === 'answered-elsewhere' || (reason === 'missed' && endedAfterMs < THRESHOLDS.takenElsewhereMs));
