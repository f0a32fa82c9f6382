import type { PageAudio } from '#lib/browser/audio.ts';
import type { BasePath } from '#lib/browser/base-path.ts';
import { keptValue } from '#lib/browser/kept-value.ts';
import { playChime } from '#lib/browser/kiosk-chime.ts';
import { KioskMark } from '#lib/browser/kiosk-mark.ts';
import { letGo } from '#lib/browser/microphones.ts';
import { running, type BrowserSoundHardware } from '#lib/browser/sound-hardware.ts';
import { ScreenAwake } from '#lib/browser/wake-lock.ts';
import type { ConfigState } from '#lib/config/config.ts';
import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import { DEFAULT_RESET_MS, warningMs } from '#lib/core/idle-reset.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { AppUpdates, Clock, Log, PhoneOwner, PhoneSounds } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';
import { IN_CALL } from '#lib/core/worker-talk.ts';
import type { HistoryBook } from '#lib/state/app.ts';
import type { Checkup } from '#lib/state/checkup-port.ts';
import type { Kiosk } from '#lib/state/kiosk-port.ts';
import type { CallJournal } from '../call-journal.ts';
import { KioskAnswering } from './answering.ts';
import { KioskClaim } from './claim.ts';
import { KioskDuty } from './duty.ts';
import { KioskDoor } from './door.ts';
import { watchLamp } from './lamp.ts';
import { limitCalls } from './limit.ts';
import { KioskLines } from './lines.ts';
import { KioskReloads } from './reloads.ts';
import { rulesBetweenCalls } from './rules.ts';
import { SelfTest } from './self-test.ts';
import { KioskUse } from './use.ts';
import { watchKiosk } from './watch.ts';
import { wipeAfterCalls } from './wipe.ts';

export interface KioskDeps {
	readonly base: BasePath;
	readonly clock: Clock;
	readonly log: Log;
	readonly scope: Scope;
	storage(): Storage;
	readonly phone: Phone;
	readonly owner: PhoneOwner;
	readonly config: Watched<ConfigState>;
	readonly audio: PageAudio;
	readonly hardware: BrowserSoundHardware;
	readonly sounds: Pick<PhoneSounds, 'ring' | 'blocked'>;
	readonly history: Pick<HistoryBook, 'rows' | 'clear'>;
	readonly calls: Pick<CallJournal, 'forget'>;
	readonly updates: Pick<AppUpdates, 'apply'>;
	checkup(): Promise<Checkup>;
}

const ANSWERS_MS = 10_000;

/** Starts the kiosk; rejects with `command.not-now` where config.json has none. It lasts as long as the page. */
export function startKiosk(deps: KioskDeps): Kiosk {
	const { base, clock, log, scope, phone, owner, audio, hardware, sounds, history } = deps;
	const rules = rulesBetweenCalls(deps);
	const kept = (thing: string) => keptValue(base.name(thing), deps.storage);
	const seconds = (count: number | undefined) => (count === undefined ? undefined : count * 1000);

	const claim = new KioskClaim({
		...{ owner, document, clock, log, scope },
		locks: navigator.locks,
		names: { phone: base.name('phone'), inCall: base.name(IN_CALL), kiosk: base.name('kiosk') }
	});
	const duty = new KioskDuty({
		...{ clock, log, scope, sounds },
		permission: hardware.permission,
		openMicrophone: async (signal) => {
			const stream = await hardware.openMicrophone(signal);
			return () => letGo(stream);
		},
		startSound: () => running(audio, clock, scope.signal)
	});
	const awake = new ScreenAwake({ wakeLock: navigator.wakeLock, document, log, scope });
	scope.add(duty.duty.watch((now) => awake.want(now === 'on')));

	const resetMs = () => seconds(rules.value.idleResetSeconds) ?? DEFAULT_RESET_MS;
	const person = new KioskUse({ phone, clock, scope, resetMs });
	const { use } = person;
	const { answering } = new KioskAnswering({
		...{ phone, sounds, log, scope, duty: duty.duty },
		callers: () => rules.value.autoAnswer,
		chime: (signal) => playChime({ audio, clock, log, device: hardware.devices.ringer }, signal)
	});
	const longest = () => seconds(rules.value.maxCallSeconds);
	const callEndsAt = limitCalls({ phone, clock, log, scope, longest });
	wipeAfterCalls({
		...{ phone, history, use, clock, scope },
		forgetCalls: () => deps.calls.forget(),
		isWanted: () => rules.value.wipeHistory
	});

	const mark = new KioskMark({ key: base.name('kiosk'), storage: deps.storage, window, scope });
	const door = new KioskDoor({
		...{ clock, log, scope, kept: kept('kiosk-pin') },
		pinHash: () => rules.value.pinHash
	});
	const lock = () => {
		if (door.exit.value.kind !== 'open') door.close();
		mark.set(door.exit.value.kind !== 'none');
	};
	lock();
	scope.add(rules.watch(lock));
	scope.on(window, 'storage', (event) => {
		const { key } = event as StorageEvent;
		// A null key: everything was cleared.
		if (key === null || key === base.name('kiosk-pin')) door.restore();
	});
	scope.add(use.watch((now) => now === 'nobody' && door.close()));

	const selfTest = new SelfTest({
		checkup: deps.checkup,
		kept: kept('kiosk-test'),
		phone,
		clock,
		log,
		scope
	});
	const isQuiet = () => phone.calls.value.length === 0 && !owner.busyElsewhere.value;
	const isIdle = () => isQuiet() && use.value === 'nobody' && !selfTest.isRunning;
	const reloads = new KioskReloads({
		...{ clock, log, scope, isIdle, kept: kept('kiosk-reloads') },
		updates: deps.updates,
		reload: () => location.reload()
	});
	watchKiosk({
		...{ clock, scope, reloads, isIdle, usedHeap },
		config: () => rules.value,
		selfTest,
		lines: new KioskLines({ phone, clock, log, isReachable: () => isReachable(base.url, clock) })
	});
	const lamp = watchLamp({
		...{ scope, lines: phone.lines, config: deps.config },
		ownership: owner.ownership,
		microphone: hardware.permission,
		test: selfTest.last
	});

	if (rules.value.onDuty) void duty.startAlone();
	else duty.waits();

	return {
		duty: duty.duty,
		goOnDuty: () => duty.go(),
		lamp,
		use,
		warningMs: () => warningMs(resetMs()),
		touched() {
			person.touched();
			claim.touched();
		},
		answering,
		callEndsAt,
		exit: door.exit,
		tryPin: (pin) => door.try(pin),
		leave() {
			if (door.exit.value.kind !== 'open') throw new LineError('command.not-now');
			mark.set(false);
			location.replace(base.url);
		},
		close: () => door.close(),
		selfTest: () => selfTest.run(),
		reload: () => location.reload()
	};
}

/** Chromium alone tells. */
function usedHeap(): number | undefined {
	const { memory } = performance as { readonly memory?: { readonly usedJSHeapSize: number } };
	return memory?.usedJSHeapSize;
}

/** Whatever the site's host answers: it has been reached. */
async function isReachable(base: string, clock: Clock): Promise<boolean> {
	if (!navigator.onLine) return false;
	const controller = new AbortController();
	const asked = fetch(new URL('version.json', base), { cache: 'no-store', signal: controller.signal });
	const late = () => new LineError('network.offline');
	return deadline(asked, ANSWERS_MS, late, clock)
		.then(
			() => true,
			() => false
		)
		.finally(() => controller.abort());
}
