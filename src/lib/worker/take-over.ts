import type { TakeOverAnswer } from '#lib/core/worker-talk.ts';

/** Held while `act` is called; undefined where this browser's workers have no locks. */
type Locks = Pick<LockManager, 'request'> | undefined;

export interface TakeOver {
	readonly locks: Locks;
	/** Names of the locks that tabs share. */
	readonly inCall: string;
	readonly inUse: string;
	readonly idleOnly: boolean;
	/** Puts the new build in force in every tab. */
	act(): void;
}

/**
 * Decides for all tabs at once: the locks are theirs, and they are asked for here alone. Without locks nothing happens that a
 * person has not asked for.
 */
export async function takeOver({ locks, inCall, inUse, idleOnly, act }: TakeOver): Promise<TakeOverAnswer> {
	if (!locks) {
		if (idleOnly) return 'in-use';
		act();
		return 'taken';
	}
	const ifAvailable = { ifAvailable: true };
	return locks.request(inCall, ifAvailable, (noCall): TakeOverAnswer | Promise<TakeOverAnswer> => {
		if (!noCall) return 'in-call';
		const now = (free: Lock | null): TakeOverAnswer => {
			if (!free) return 'in-use';
			act();
			return 'taken';
		};
		return idleOnly ? locks.request(inUse, ifAvailable, now) : now(noCall);
	});
}
