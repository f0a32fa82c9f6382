import type { PlannedParty } from '../room-plan.ts';
import { Party, type Invitation } from './party.ts';

/** One party in a process of its own, as the argument tells it; it ends with its room. */
const { planned, ...invitation } = JSON.parse(process.argv[2] ?? '') as Invitation & {
	planned: PlannedParty;
};
const party = new Party(planned, {
	deleteRoom: () => Promise.resolve(),
	guest: () => {},
	isOurs: () => false
});
setInterval(() => process.send?.(party.observe()), 100).unref();
process.once('disconnect', () => process.exit());
await party.join(invitation);
