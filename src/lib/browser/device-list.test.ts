import { expect, test } from 'vitest';
import { devicesOf, findDevice } from './device-list.ts';

const desk = { id: 'a', label: 'Desk microphone' };
const head = { id: 'b', label: 'Headset' };

test.for([
	['the default stays the default', [desk, head], '', '', ''],
	['by id', [desk, head], 'b', 'Headset', 'b'],
	['by id, whatever its label is now', [{ id: 'b', label: 'Kopfhörer' }], 'b', 'Headset', 'b'],
	['by label when the id has changed', [desk, head], 'old', 'Headset', 'b'],
	['gone', [desk], 'b', 'Headset', ''],
	['gone, and never had a label', [{ id: 'a', label: '' }], 'b', '', ''],
	['nothing is known yet', [], 'b', 'Headset', 'b']
] as const)('%s', ([, devices, id, label, found]) => {
	expect(findDevice(devices, id, label)).toBe(found);
});

test('aliases, nameless devices and other kinds are left out', () => {
	const device = (kind: MediaDeviceKind, deviceId: string) => ({
		kind,
		deviceId,
		label: `${deviceId} label`
	});
	const all = [
		device('audioinput', ''),
		device('audioinput', 'default'),
		device('audioinput', 'communications'),
		device('audioinput', 'a'),
		device('audiooutput', 'b'),
		device('videoinput', 'c')
	];
	expect(devicesOf(all, 'audioinput')).toEqual([{ id: 'a', label: 'a label' }]);
	expect(devicesOf(all, 'audiooutput')).toEqual([{ id: 'b', label: 'b label' }]);
});
