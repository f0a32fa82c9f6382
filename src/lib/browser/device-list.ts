import type { Log, SoundDevice, SoundHardware } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import { mediaDevices } from './microphones.ts';

/** The devices there are, kept up to date until the scope ends. */
export interface DeviceList extends Pick<SoundHardware, 'microphones' | 'speakers' | 'permission'> {
	/** To be called after a microphone has opened: labels appear then, and not every browser says so. */
	refresh(): Promise<void>;
}

export function createDeviceList(scope: Scope, log: Log): DeviceList {
	const microphones = new Cell<readonly SoundDevice[]>([]);
	const speakers = new Cell<readonly SoundDevice[]>([]);
	const permission = new Cell<PermissionState | 'unknown'>('unknown');

	const refresh = async () => {
		try {
			const all = await mediaDevices().enumerateDevices();
			if (scope.ended) return;
			set(microphones, devicesOf(all, 'audioinput'));
			set(speakers, devicesOf(all, 'audiooutput'));
		} catch (error) {
			log('debug', 'devices cannot be listed', { error });
		}
	};

	const watchPermission = async () => {
		try {
			const status = await navigator.permissions.query({ name: 'microphone' });
			const tell = () => {
				permission.set(status.state);
				void refresh();
			};
			tell();
			scope.on(status, 'change', tell);
		} catch (error) {
			log('debug', 'permission cannot be asked for', { error });
		}
	};

	const devices = navigator.mediaDevices as MediaDevices | undefined;
	if (devices) scope.on(devices, 'devicechange', () => void refresh());
	void refresh();
	void watchPermission();
	return { microphones, speakers, permission, refresh };
}

/**
 * The real devices of one kind. The aliases that Chromium adds (`default`, `communications`) are left out, and so are the
 * nameless ones that stand for "there is one" before the microphone was allowed.
 */
export function devicesOf(
	all: readonly Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>[],
	kind: MediaDeviceKind
): SoundDevice[] {
	return all
		.filter((device) => device.kind === kind && !['', 'default', 'communications'].includes(device.deviceId))
		.map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/**
 * The device that was chosen once: by its id, or by its label, since ids change with the permission and the browser's
 * mood. '' (the system's default) when it is gone. While nothing is known yet the id is taken at its word.
 */
export function findDevice(devices: readonly SoundDevice[], id: string, label: string): string {
	if (id === '' || devices.length === 0 || devices.some((device) => device.id === id)) return id;
	return devices.find((device) => label !== '' && device.label === label)?.id ?? '';
}

function set(cell: Cell<readonly SoundDevice[]>, now: SoundDevice[]): void {
	if (JSON.stringify(now) !== JSON.stringify(cell.value)) cell.set(now);
}
