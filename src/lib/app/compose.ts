import { version } from '$app/env';
import { goto } from '$app/navigation';
import { asset, resolve } from '$app/paths';
import { createPageAudio } from '#lib/browser/audio.ts';
import { basePath } from '#lib/browser/base-path.ts';
import { BearerKeeper } from '#lib/browser/bearer-keeper.ts';
import { createClock } from '#lib/browser/clock.ts';
import { HistoryStore } from '#lib/browser/history-store.ts';
import { InstallOffer } from '#lib/browser/install-offer.ts';
import { watchLaunches } from '#lib/browser/launches.ts';
import { Leader } from '#lib/browser/leader.ts';
import { Lifecycle } from '#lib/browser/lifecycle.ts';
import { OwnConfigStore } from '#lib/browser/own-config-store.ts';
import { PageWitness } from '#lib/browser/page-witness.ts';
import { createPhoneSounds } from '#lib/browser/phone-sounds.ts';
import { SettingsStore } from '#lib/browser/settings-store.ts';
import { createSoundHardware } from '#lib/browser/sound-hardware.ts';
import { TokenEndpoint } from '#lib/browser/token-endpoint.ts';
import { buildName } from '#lib/core/build-id.ts';
import { LineError } from '#lib/core/errors.ts';
import type { LogBuffer } from '#lib/core/log-buffer.ts';
import { Phone } from '#lib/core/phone.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { CachedTokens } from '#lib/core/token-source.ts';
import { Cell } from '#lib/core/watched.ts';
import { IN_CALL } from '#lib/core/worker-talk.ts';
import type { LineDeps } from '#lib/lines/module.ts';
import type { App } from '#lib/state/app.ts';
import type { Reach } from '#lib/state/reach-port.ts';
import { countryOf } from '#lib/state/screen.svelte.ts';
import { CallJournal } from './call-journal.ts';
import type { CheckupDeps } from './checkup-deps.ts';
import { ConfigWatch } from './config-watch.ts';
import { eraseEverything, followErasing, type EraseDeps } from './erase.ts';
import { followCalls } from './ringing.ts';
import { lateEmbedding } from './late-embedding.ts';
import { lateUpdates } from './late-updates.ts';
import { guardLeaving } from './leaving.ts';
import { LineJournal } from './line-journal.ts';
import { OpenLines } from './lines.ts';
import { once } from './once.ts';
import { openChannel, newId } from './page.ts';
import { watchRingReadiness } from './ring-readiness.ts';
import { startPageLog } from './page-log.ts';

export interface StartedApp {
	readonly app: App;
	/** What has happened in this page, redacted. */
	readonly logged: LogBuffer;
	/** Ends every call and closes every line; resolves when the history is written and nothing is left open. */
	stop(): Promise<void>;
}

/**
 * Wires the phone together and starts it; returns at once. The configuration, the history and the lines come in by and by.
 * Never to be called in a frame. Asks for no permission.
 */
export function startApp(): StartedApp {
	const scope = new Scope();
	const clock = createClock();
	const openedAt = clock.now();
	const base = basePath(resolve('/'), location.href);
	const witness = new PageWitness({ clock, document, window, scope });
	const { log, buffer } = startPageLog(clock, window, scope);
	const storage = () => localStorage;
	const request: typeof fetch = (input, init) => fetch(input, init);

	const lifecycle = new Lifecycle({ clock, document, window, scope });
	const store = new SettingsStore({ key: base.name('settings'), storage, window, scope });
	const own = new OwnConfigStore({ key: base.name('own-config'), storage, window, scope });
	const config = new ConfigWatch({
		...{ clock, log, base: base.url, fetch: request, storage, scope },
		own: own.config
	});
	const channel = openChannel(base.name('history'));
	const history = new HistoryStore({ name: base.name('history'), channel, clock, log });
	const bearers = new BearerKeeper();
	const slowTokens = new Cell<readonly string[]>([]);

	const audio = createPageAudio(clock, log);
	scope.add(() => void audio.close());
	const hardware = createSoundHardware({ audio, clock, log, settings: store.settings });
	scope.add(() => hardware.close());
	const { devices } = hardware;
	const sounds = createPhoneSounds({ audio, clock, log, devices, settings: store.settings });
	scope.add(() => sounds.close());

	const dialling = () => {
		const rules = config.state.value.config.dialling;
		return { ...rules, country: rules.country ?? countryOf(navigator.languages) };
	};
	const country = () => dialling().country;
	const phone = new Phone({ clock, log, history, newId, dialling });
	const lineJournal = new LineJournal({ lines: phone.lines, clock, scope });
	const entryOf = (id: string) => config.state.value.config.lines.find((line) => line.id === id);
	const callJournal = new CallJournal({
		calls: phone.calls,
		clock,
		scope,
		isRemote: (id) => entryOf(id)?.kind !== 'practice',
		agentOf: (id) => (entryOf(id)?.raw as { agent?: { name?: string } } | undefined)?.agent?.name
	});

	const lineDeps: LineDeps = {
		clock,
		log,
		devices,
		audio: () => audio.context(),
		openMicrophone: (signal) => hardware.openMicrophone(signal),
		silence: new URL(asset('/sounds/silence.wav'), location.href).href,
		tokens(settings, wanted) {
			const isOnline = () => navigator.onLine;
			const deps = { clock, bearers, base: base.url, fetch: request, isOnline };
			const endpoint = new TokenEndpoint(settings, wanted, deps);
			endpoint.slow.watch((slow) =>
				slowTokens.update((ids) => [
					...ids.filter((id) => id !== wanted.line),
					...(slow ? [wanted.line] : [])
				])
			);
			return lineJournal.follow(wanted.line, new CachedTokens((signal) => endpoint.ask(signal), clock));
		},
		onWake: (listener) => lifecycle.onWake(listener),
		newId,
		version,
		sockets: witness
	};
	const lines = new OpenLines({ phone, log, scope, open: (line) => line.open(lineDeps) });

	const owner = new Leader({
		name: base.name('phone'),
		inCall: base.name(IN_CALL),
		locks: navigator.locks,
		channel: openChannel(base.name('phone')),
		log,
		scope
	});

	const wantLines = () => {
		const isHere = owner.ownership.value === 'here';
		const { linesOff } = store.settings.value;
		const wanted = config.lines.filter(({ settings }) => !linesOff.includes(settings.id));
		lines.want(isHere ? wanted : [], (id) => !isHere || linesOff.includes(id));
	};
	const keepHistory = () => {
		const { source, error, config: now } = config.state.value;
		// A default must not delete what an unreachable file would keep.
		if (source !== 'none' || !error) void history.keepFor(now.history.keepDays);
	};
	scope.add(store.settings.watch(wantLines));
	scope.add(config.state.watch(wantLines));
	scope.add(config.state.watch(keepHistory));
	scope.add(owner.ownership.watch(wantLines));
	scope.add(owner.ownership.watch((now) => now === 'here' && void history.repair()));
	scope.add(phone.calls.watch((calls) => owner.setBusy(calls.length > 0)));
	scope.add(lifecycle.onWake(() => config.state.value.error && void config.read()));
	lifecycle.onLeave(() => owner.release());
	// A frozen page looks alive to the network and answers nobody. In a call it is not let go: nobody else could have it.
	lifecycle.onFreeze(() => phone.calls.value.length === 0 && owner.release());
	lifecycle.onReturn(() => owner.acquire());
	followCalls({ phone, sounds, clock, scope });
	guardLeaving(phone, window, scope);
	// Not every browser says whether there has been a gesture.
	const activation = navigator.userActivation as UserActivation | undefined;
	watchRingReadiness({
		phone,
		hasBeenTouched: () => activation?.hasBeenActive ?? false,
		trySound: () => void audio.context(),
		scope
	});

	// Each in a task of its own: a slow phone takes long enough for what is above.
	for (const begin of [() => owner.acquire(), () => config.read(), () => history.load()])
		scope.add(clock.after(0, () => void begin()));

	const checkupDeps: CheckupDeps = {
		...{ clock, log, logged: buffer, phone, owner, config, audio, hardware, bearers, witness },
		base: base.url,
		key: base.name('checkups'),
		storage,
		build: buildName(version),
		silence: lineDeps.silence,
		settings: store.settings,
		lines: lineJournal,
		calls: callJournal,
		country
	};
	const checkup = once(async () => (await import('./checkup.ts')).createCheckup(checkupDeps));
	const reach: Promise<Reach> = later(clock, scope).then(async () => {
		const { startReach } = await import('./reach.ts');
		if (scope.ended) throw new LineError('line.closed');
		const lineLabel = (id: string) => entryOf(id)?.label ?? id;
		const rows = history.rows;
		return startReach({
			...{ base, clock, log, phone, owner, sounds },
			...{ rows, lifecycle, storage, lineLabel, openedAt, scope }
		});
	});
	reach.catch((error: unknown) =>
		log('warn', 'a part of the phone did not arrive', { what: 'reach', error })
	);
	const setup = once(async () => {
		const { createSetup } = await import('./setup.ts');
		const { settings } = store;
		const change = app.change;
		return createSetup({ base: base.url, config, own, settings, checkup: checkupDeps, change });
	});

	const install = new InstallOffer({ window, scope });
	const openAddress = (address: URL) => {
		// The page of the call that has ended would hide what is put in.
		if (address.searchParams.has('to')) phone.dismissEnded();
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- an address below the base, as it was opened
		void goto(address);
	};
	watchLaunches(window, base.url, openAddress);
	const open = (query: string) => openAddress(new URL(query, base.url));
	lateEmbedding({ window, config: config.state, phone, owner, clock, log, country, scope, open });
	const updates = lateUpdates({ base, clock, log, phone, config: config.state, lifecycle, scope });
	const kiosk = once(async () => {
		const { startKiosk } = await import('./kiosk/kiosk.ts');
		const parts = { base, clock, log, scope, storage, phone, owner, audio, hardware, sounds, history };
		return startKiosk({ ...parts, config: config.state, calls: callJournal, updates, checkup });
	});

	const app: App = {
		phone,
		config: config.state,
		settings: store.settings,
		change: (settings) => store.change(settings),
		owner,
		hardware,
		sounds,
		history,
		bearersWanted: bearers.wanted,
		slowTokens,
		updates,
		install,
		checkup,
		reach: () => reach,
		setup,
		kiosk,
		erase: async () => {
			const isGone = await eraseEverything(erasing);
			if (isGone) location.replace(base.url);
			return isGone;
		},
		giveBearer(origin, bearer) {
			const waiting = bearers.wanted.value.filter((one) => one.origin === origin).map(({ lineId }) => lineId);
			bearers.give(origin, bearer);
			for (const line of phone.lines.value) {
				if (!waiting.includes(line.id)) continue;
				line.reopen().catch((error: unknown) => log('warn', 'line did not reopen', { line: line.id, error }));
			}
		}
	};
	const stop = async () => {
		scope.end();
		await phone.close();
		await history.close();
	};
	const erasing: EraseDeps = {
		...{ base, clock, stop, locks: navigator.locks },
		channel: openChannel(base.name('erase'))
	};
	followErasing(
		erasing,
		() => phone.calls.value.length > 0,
		() => location.reload(),
		scope
	);
	return { app, logged: buffer, stop };
}

/** Nobody can be called before a line is open, and nothing is to hold that up. Never, where the phone is stopped before. */
const REACH_AFTER_MS = 500;

const later = (clock: Clock, scope: Scope): Promise<void> =>
	new Promise((resolve) => void scope.add(clock.after(REACH_AFTER_MS, resolve)));
