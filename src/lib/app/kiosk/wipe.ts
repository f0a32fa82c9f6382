import type { HistoryRow } from '#lib/core/history.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { HistoryBook } from '#lib/state/app.ts';

export interface KioskWipeDeps {
	readonly phone: Pick<Phone, 'calls' | 'dismissEnded'>;
	readonly history: Pick<HistoryBook, 'rows' | 'clear'>;
	/** What the checkup knows of calls that are over. */
	forgetCalls(): void;
	/** As config.json has it now. */
	isWanted(): boolean;
	/** Nobody there any more: what the screen still shows of the last call goes too. */
	readonly use: Watched<'nobody' | 'somebody' | 'ends'>;
	readonly clock: Clock;
	readonly scope: Scope;
}

const AGAIN_MS = 5_000;

/** Leaves nothing of a call on this device: neither of those that end now, nor of those that an end of the page has cut off. */
export function wipeAfterCalls(deps: KioskWipeDeps): void {
	const { phone, history, isWanted, use, clock, scope } = deps;
	let isBusy = false;
	let cancel = () => {};

	const look = () => {
		if (isBusy || scope.ended || !isWanted() || phone.calls.value.length > 0) return;
		if (!history.rows.value.some(isOver)) return;
		isBusy = true;
		// Not in the middle of finishing a row, which is when it is heard of: what is not yet written would stay as it began.
		const cleared = Promise.resolve().then(() => history.clear());
		void cleared.finally(() => {
			// Storage that refuses is asked again, but not without a pause.
			cancel = clock.after(AGAIN_MS, () => {
				isBusy = false;
				look();
			});
		});
	};
	const ended = () => {
		if (phone.calls.value.length > 0 || !isWanted()) return;
		deps.forgetCalls();
		look();
	};
	scope.add(history.rows.watch(look));
	scope.add(phone.calls.watch(ended));
	scope.add(use.watch((now) => now === 'nobody' && phone.dismissEnded()));
	scope.add(() => cancel());
	look();
}

/** A row without an outcome is that of a call in some tab. */
const isOver = ({ outcome }: HistoryRow): boolean => outcome !== undefined;
