import type { Clock, Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { PageAudio } from './audio.ts';
import { createLevelMeter } from './level-meter.ts';
import { letGo } from './microphones.ts';

export interface MonitorDeps {
	readonly audio: PageAudio;
	readonly clock: Clock;
	readonly log: Log;
	readonly device: Watched<string>;
	readonly open: (signal: AbortSignal) => Promise<MediaStream>;
}

const METER_MS = 100;

/**
 * Reports the level of the chosen microphone in dBFS ten times a second until `scope` ends, also after another one was
 * chosen. Rejects with a LineError when the first one does not open. Silent while nobody can see the page.
 */
export async function monitorMicrophone(
	deps: MonitorDeps,
	scope: Scope,
	onLevel: (dbfs: number) => void
): Promise<void> {
	const { clock, log, device } = deps;
	let meter = await openMeter(deps, scope.signal);
	scope.add(() => meter.close());

	const replace = async () => {
		const id = device.value;
		const next = await openMeter(deps, scope.signal);
		// Scopes close what is current; what comes too late closes here.
		if (scope.ended || device.value !== id) return next.close();
		meter.close();
		meter = next;
	};
	scope.add(
		device.watch(() => {
			replace().catch((error: unknown) => log('warn', 'microphone not replaced', { error }));
		})
	);

	const measure = () => {
		if (!document.hidden) onLevel(meter.level());
		cancel = clock.after(METER_MS, measure);
	};
	let cancel = clock.after(METER_MS, measure);
	scope.add(() => cancel());
}

async function openMeter({ audio, open }: MonitorDeps, signal: AbortSignal) {
	const stream = await open(signal);
	const source = audio.context().createMediaStreamSource(stream);
	const meter = createLevelMeter(source);
	return {
		level: () => meter.level(),
		close() {
			meter.close();
			letGo(stream);
		}
	};
}
