import { asset } from '$app/paths';
import type { BasePath } from '#lib/browser/base-path.ts';
import { challengeOwner } from '#lib/browser/challenge.ts';
import { groundOf } from '#lib/browser/ground.ts';
import type { Lifecycle } from '#lib/browser/lifecycle.ts';
import { MediaControls } from '#lib/browser/media-session.ts';
import type { RingingSounds } from '#lib/browser/phone-sounds.ts';
import { ReachStore } from '#lib/browser/reach-store.ts';
import { RingNotification } from '#lib/browser/ring-notification.ts';
import { vibrateWithRing } from '#lib/browser/vibration.ts';
import { ScreenAwake } from '#lib/browser/wake-lock.ts';
import { partyName } from '#lib/components/party-words.ts';
import type { HistoryRow } from '#lib/core/history.ts';
import type { Line } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, Log, PhoneOwner } from '#lib/core/ports.ts';
import { spansBetween, type ReachSpan } from '#lib/core/reach.ts';
import type { RingWord } from '#lib/core/ring-word.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import { IN_CALL } from '#lib/core/worker-talk.ts';
import type { Reach } from '#lib/state/reach-port.ts';
import { easeCalls } from './call-comfort.ts';
import { MissedCalls } from './missed-calls.ts';
import { openChannel } from './page.ts';
import { ReachLedger } from './reach-ledger.ts';
import { noticeRinging } from './ring-notice.ts';
import { ringText } from './ring-text.ts';

export interface ReachDeps {
	readonly base: BasePath;
	readonly clock: Clock;
	readonly log: Log;
	readonly phone: Phone;
	readonly owner: PhoneOwner;
	readonly sounds: RingingSounds;
	readonly rows: Watched<readonly HistoryRow[]>;
	readonly lifecycle: Lifecycle;
	readonly storage: () => Storage;
	readonly lineLabel: (id: string) => string;
	/** Wall ms. */
	readonly openedAt: number;
	readonly scope: Scope;
}

/** All that is done so that calls reach a person: what needs the page's start least, and comes after it. */
export function startReach(deps: ReachDeps): Reach {
	const { base, clock, log, phone, owner, sounds, storage, lineLabel, scope } = deps;
	const failed = (error: unknown) => log('debug', 'a command from outside the page came too late', { error });
	const name = base.name('phone');
	const challenge = { owner, clock, log, scope, document, locks: navigator.locks };
	challengeOwner({ ...challenge, name, inCall: base.name(IN_CALL), channel: openChannel(name) });

	const coarse = matchMedia('(pointer: coarse)').matches;
	const vibrate = coarse && 'vibrate' in navigator ? (beat: number[]) => navigator.vibrate(beat) : undefined;
	vibrateWithRing({ vibrate, ringing: sounds.ringing, clock, scope });
	easeCalls({
		phone,
		awake: new ScreenAwake({
			wakeLock: navigator.wakeLock,
			...{ document, log, scope }
		}),
		controls: new MediaControls(navigator.mediaSession),
		who: ({ party }) => partyName(party.value),
		...{ lineLabel, failed, scope }
	});

	let use: (word: RingWord) => void = () => {};
	const icon = new URL(asset('/icons/icon-192.png'), location.href).href;
	const onUse = (word: RingWord) => use(word);
	const notification = new RingNotification({ base: base.url, icon, log, scope, onUse });
	use = noticeRinging({
		...{ phone, document, window, failed, scope },
		show: (call) => notification.show(call.id, ringText(call.party.value, lineLabel(call.lineId))),
		close: (id) => notification.close(id)
	});

	const setBadge = 'setAppBadge' in navigator ? (count: number) => navigator.setAppBadge(count) : undefined;
	const missed = new MissedCalls({
		...{ clock, storage, window, scope, rows: deps.rows, openedAt: deps.openedAt },
		key: base.name('missed-seen'),
		badge: setBadge
	});

	const book = keepLedger(deps);
	const advice = adviceOnce(deps);
	return {
		ground: groundOf(navigator),
		notifications: notification.permission,
		askForNotifications: () => notification.ask(),
		missed: missed.count,
		seenMissed: () => missed.seen(),
		...book,
		...advice
	};
}

/** The reachability of the day: written in the tab that has the phone, read from all. */
function keepLedger({ base, clock, log, phone, lifecycle, scope }: ReachDeps) {
	const store = new ReachStore({ name: base.name('reach'), clock });
	const failed = (error: unknown) => log('debug', 'reachability is not stored', { error });
	const online = new Cell(navigator.onLine);
	scope.on(window, 'online', () => online.set(true));
	scope.on(window, 'offline', () => online.set(false));
	scope.add(() => store.close());
	const ledger = new ReachLedger({
		...{ lines: phone.lines, calls: phone.calls, clock, online, scope },
		isHidden: () => document.visibilityState === 'hidden',
		keep: (spans) => void store.put(spans).catch(failed)
	});
	lifecycle.onFreeze(() => ledger.freeze());
	lifecycle.onReturn(() => ledger.thaw());
	lifecycle.onLeave(() => ledger.save());
	scope.add(lifecycle.onWake(() => ledger.note()));

	const spans = async (since: number): Promise<readonly ReachSpan[]> => {
		ledger.note();
		const stored = await store.read(since).catch((error: unknown) => {
			failed(error);
			return [];
		});
		return [...stored, ...ledger.open];
	};
	const absence = new Cell<ReachSpan | undefined>(undefined);
	const tell = async (away: ReachSpan) => {
		// Another tab may have had the phone meanwhile.
		const known = spansBetween(await spans(away.from), away.line, away.from, away.to);
		if (!known.some(({ reach }) => reach === 'reachable')) absence.set(away);
	};
	scope.add(ledger.absence.watch((away) => away && void tell(away)));
	return { spans, absence, forgetAbsence: () => absence.set(undefined) };
}

/** What a phone's browser cannot do is said once on each device. */
function adviceOnce({ base, storage, phone, scope }: ReachDeps) {
	const key = base.name('advice-seen');
	const due = new Cell(false);
	const wasSeen = () => {
		try {
			return storage().getItem(key) !== null;
		} catch {
			return true;
		}
	};
	const judge = (lines: readonly Line[]) => {
		const rings = lines.some(({ can, kind }) => can.receives && kind !== 'practice');
		due.set(rings && groundOf(navigator) !== 'desktop' && !wasSeen());
	};
	scope.add(phone.lines.watch(judge));
	judge(phone.lines.value);
	const adviceSeen = () => {
		try {
			storage().setItem(key, '1');
		} catch {
			// It is said again with the next visit.
		}
		due.set(false);
	};
	return { adviceDue: due, adviceSeen };
}
