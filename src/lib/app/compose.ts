import { version } from '$app/env';
import { asset, resolve } from '$app/paths';
import { createPageAudio } from '#lib/browser/audio.ts';
import { basePath } from '#lib/browser/base-path.ts';
import { BearerKeeper } from '#lib/browser/bearer-keeper.ts';
import { createClock } from '#lib/browser/clock.ts';
import { HistoryStore } from '#lib/browser/history-store.ts';
import { Leader } from '#lib/browser/leader.ts';
import { Lifecycle } from '#lib/browser/lifecycle.ts';
import { createPhoneSounds } from '#lib/browser/phone-sounds.ts';
import { SettingsStore } from '#lib/browser/settings-store.ts';
import { createSoundHardware } from '#lib/browser/sound-hardware.ts';
import { TokenEndpoint } from '#lib/browser/token-endpoint.ts';
import type { LogBuffer } from '#lib/core/log-buffer.ts';
import { Phone } from '#lib/core/phone.ts';
import { Scope } from '#lib/core/scope.ts';
import { CachedTokens } from '#lib/core/token-source.ts';
import { Cell } from '#lib/core/watched.ts';
import type { LineDeps } from '#lib/lines/module.ts';
import type { App } from '#lib/state/app.ts';
import { countryOf } from '#lib/state/screen.svelte.ts';
import { ConfigWatch } from './config-watch.ts';
import { followCalls } from './ringing.ts';
import { guardLeaving } from './leaving.ts';
import { OpenLines } from './lines.ts';
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
	const base = basePath(resolve('/'), location.href);
	const { log, buffer } = startPageLog(clock, window, scope);
	const storage = () => localStorage;
	const request: typeof fetch = (input, init) => fetch(input, init);

	const lifecycle = new Lifecycle({ clock, document, window, scope });
	const store = new SettingsStore({ key: base.name('settings'), storage, window, scope });
	const config = new ConfigWatch({ clock, log, base: base.url, fetch: request, storage, scope });
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
	const phone = new Phone({ clock, log, history, newId, dialling });

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
			return new CachedTokens((signal) => endpoint.ask(signal), clock);
		},
		onWake: (listener) => lifecycle.onWake(listener),
		newId,
		version
	};
	const lines = new OpenLines({ phone, log, scope, open: (line) => line.open(lineDeps) });

	const owner = new Leader({
		name: base.name('phone'),
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

	owner.acquire();
	void history.load();
	void config.read();

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
	return { app, logged: buffer, stop };
}
