import type { Row } from '../injection.ts';
import { goesOnWith } from './calls.ts';
import { waveFile } from '../wave.ts';
import { calls } from './livekit.ts';

const FAKE_MICROPHONE = '--use-fake-device-for-media-stream';
const FAKE_QUESTION = '--use-fake-ui-for-media-stream';
const DESK = 'Support desk';

/** J. Microphone, K. Speaker. */
export const device: readonly Row[] = [
	{
		id: 'MIC-01',
		cause: 'microphone.blocked',
		core: true,
		how: 'The permission is denied',
		inject: () => ({ desk: {}, withoutFlags: [FAKE_QUESTION], microphone: 'denied' })
	},
	{
		id: 'MIC-02',
		cause: 'microphone.prompt-unanswered',
		how: "The browser's question is closed without an answer when a call asks it; the permission stays open",
		inject: () => ({
			desk: {},
			withoutFlags: [FAKE_QUESTION],
			microphone: 'never asked',
			// Without a window a browser answers its question itself, and notes a denial.
			script: () => {
				MediaDevices.prototype.getUserMedia = () =>
					Promise.reject(new DOMException('Permission dismissed', 'NotAllowedError'));
			},
			before: async (phone) => {
				await phone.open('./', DESK);
				await phone.dial('+12025550100');
				await phone.reaches(/^Ended: /);
			}
		})
	},
	{
		id: 'MIC-03',
		cause: 'microphone.missing',
		core: true,
		how: 'A browser without a microphone',
		inject: () => ({ desk: {}, withoutFlags: [FAKE_MICROPHONE, FAKE_QUESTION] })
	},
	{
		id: 'MIC-04',
		cause: 'microphone.in-use',
		how: 'Opening it throws NotReadableError',
		inject: () => ({
			desk: {},
			script: () => {
				MediaDevices.prototype.getUserMedia = () =>
					Promise.reject(new DOMException('Could not start audio source', 'NotReadableError'));
			}
		})
	},
	{
		id: 'MIC-06',
		cause: 'microphone.silent',
		core: true,
		how: 'A microphone that delivers digital silence (a file of zeros)',
		inject: async () => {
			const { path, end } = await waveFile(0);
			return { desk: {}, flags: [`--use-file-for-fake-audio-capture=${path}`], end };
		}
	},
	{
		id: 'MIC-07',
		cause: 'microphone.saved-device-gone',
		how: 'The settings name a microphone that is not there',
		inject: () => ({
			desk: {},
			script: () => {
				localStorage.setItem(
					'offhook:/:settings',
					JSON.stringify({ microphone: 'gone', microphoneLabel: 'Old headset' })
				);
			}
		})
	},
	{
		id: 'MIC system',
		cause: 'microphone.system-blocked',
		how: 'Opening it throws NotAllowedError "Permission denied by system"',
		inject: () => ({
			desk: {},
			script: () => {
				MediaDevices.prototype.getUserMedia = () =>
					Promise.reject(new DOMException('Permission denied by system', 'NotAllowedError'));
			}
		})
	},
	{
		id: 'SPK-01',
		cause: 'speaker.autoplay-blocked',
		core: true,
		how: 'The run begins by its address, before any gesture',
		inject: () => ({ desk: {}, byAddress: true })
	},
	{
		id: 'SPK-06',
		cause: 'remote.muted',
		how: 'The agent speaks, then its track is muted by the room’s administrator',
		inject: (far) =>
			calls('echo', {}, async (phone) => {
				await goesOnWith(phone, async () => {
					const [seen] = await far.livekit.observe({ identity: far.identity });
					await fetch(`${far.livekit.httpUrl}/livekit/mute`, {
						method: 'POST',
						body: JSON.stringify({ room: seen?.room, identity: seen?.parties[0]?.identity })
					});
				});
			})(far)
	}
];
