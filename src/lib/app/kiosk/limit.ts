import { isEnded } from '#lib/core/audio-focus.ts';
import type { Call } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export interface KioskLimitDeps {
	readonly phone: Pick<Phone, 'calls' | 'hangUp'>;
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
	/** How long a call may last, ms; undefined: as long as it likes. */
	longest(): number | undefined;
}

const AGAIN_MS = 5_000;

/** Ends calls that have lasted as long as they may: from the first ring of one's own call, from the answer to another's. */
export function limitCalls({
	phone,
	clock,
	log,
	scope,
	longest
}: KioskLimitDeps): Watched<number | undefined> {
	const endsAt = new Cell<number | undefined>(undefined);
	const watched = new Map<Call, Scope>();
	const ends = new Map<Call, number>();

	const show = () => {
		const times = [...ends.values()];
		endsAt.set(times.length === 0 ? undefined : Math.min(...times));
	};
	const hangUp = (call: Call, until: Scope) => {
		if (until.ended || isEnded(call)) return;
		log('info', 'a call was as long as calls may be', { call: call.id });
		phone.hangUp(call).catch((error: unknown) => log('warn', 'a call did not end', { call: call.id, error }));
		until.add(clock.after(AGAIN_MS, () => hangUp(call, until)));
	};
	const judge = (call: Call, until: Scope) => {
		const { phase } = call.state.value;
		if (ends.has(call) || isEnded(call) || (call.direction === 'in' && phase === 'ringing')) return;
		const ms = longest();
		if (ms === undefined) return;
		ends.set(call, clock.now() + ms);
		until.add(clock.after(ms, () => hangUp(call, until)));
		show();
	};
	const follow = (calls: readonly Call[]) => {
		for (const [call, until] of [...watched]) {
			if (calls.includes(call)) continue;
			until.end();
			watched.delete(call);
			ends.delete(call);
		}
		for (const call of calls) {
			if (watched.has(call)) continue;
			const until = scope.child();
			watched.set(call, until);
			until.add(call.state.watch(() => judge(call, until)));
			judge(call, until);
		}
		show();
	};
	scope.add(phone.calls.watch(follow));
	follow(phone.calls.value);
	return endsAt;
}
