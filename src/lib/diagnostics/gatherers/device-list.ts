import { within, type ProbeDeps } from '../probes/wait.ts';

const WITHIN_MS = 1_000;

/** Everything of one kind that the browser lists, its aliases and nameless stand-ins included; none where it lists nothing. */
export async function devicesOf(
	kind: MediaDeviceKind,
	deps: Pick<ProbeDeps, 'clock' | 'signal'>
): Promise<readonly MediaDeviceInfo[]> {
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	if (!devices) return [];
	try {
		const all = await within(devices.enumerateDevices(), WITHIN_MS, deps);
		return typeof all === 'string' ? [] : all.value.filter((device) => device.kind === kind);
	} catch {
		return [];
	}
}

/** Whether a chosen device is there. */
export const isListed = (devices: readonly MediaDeviceInfo[], id: string): { readonly listed: boolean } => ({
	listed: devices.some(({ deviceId }) => deviceId === id)
});
