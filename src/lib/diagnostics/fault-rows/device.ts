import * as given from '../testing.ts';
import { microphone, thrown, figures, talked, type Row } from './seen.ts';

const { HEALTHY } = given;

export const device: readonly Row[] = [
	// J. Microphone
	[
		'MIC-01',
		'microphone.blocked',
		{ page: microphone(thrown('NotAllowedError', 'Permission denied'), { permission: 'denied' }) }
	],
	[
		'MIC-02',
		'microphone.prompt-unanswered',
		{ page: microphone(thrown('NotAllowedError', 'Permission dismissed'), { permission: 'prompt' }) }
	],
	[
		'MIC-02 pending',
		'microphone.prompt-unanswered',
		{ page: microphone({ outcome: 'pending', ms: 10_000 }, { permission: 'prompt' }) }
	],
	[
		'MIC-03',
		'microphone.missing',
		{ page: microphone(thrown('NotFoundError', 'Requested device not found'), { inputs: 0 }) }
	],
	[
		'MIC-04',
		'microphone.in-use',
		{ page: microphone(thrown('NotReadableError', 'Could not start audio source')) }
	],
	[
		'MIC-06',
		'microphone.silent',
		{
			page: microphone({
				outcome: 'opened',
				...(figures
					? { figures: { ...figures, nonZero: 0, peakDbfs: null, rmsDbfs: null, floorDbfs: null } }
					: {})
			})
		}
	],
	[
		'MIC-07',
		'microphone.saved-device-gone',
		{ page: microphone({ device: 'chosen', ...thrown('OverconstrainedError', '', 'deviceId') }) }
	],
	[
		'MIC by the system',
		'microphone.system-blocked',
		{ page: microphone(thrown('NotAllowedError', 'Permission denied by system')) }
	],
	// K. Speaker
	[
		'SPK-01',
		'speaker.autoplay-blocked',
		{
			page: {
				speaker: {
					...HEALTHY.page.speaker,
					context: 'suspended',
					play: { outcome: 'rejected', ...thrown('NotAllowedError') }
				}
			}
		}
	],
	['SPK-02', 'speaker.no-renderer', talked({ renderers: [] })],
	[
		'SPK-03',
		'speaker.turned-down',
		talked({ renderers: [{ kind: 'element', muted: true, volume: 1, paused: false }] })
	],
	['SPK-06', 'remote.muted', talked({ remoteMuted: true, heardEnergy: 0 })]
];
