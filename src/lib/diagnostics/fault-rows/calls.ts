import * as given from '../testing.ts';
import { callFailed, room, agentIs, type Row } from './seen.ts';

export const calls: readonly Row[] = [
	// P. Agents
	['AGT-01', 'agent.never-joined', room({})],
	['AGT-02', 'agent.not-invited', room({ dispatched: ['other'] }, { name: 'support' })],
	['AGT-03', 'agent.without-audio', room(agentIs({ audioTracks: 0, agentState: 'initializing' }))],
	['AGT-04', 'agent.left', room(agentIs({ leftAfterMs: 2_000 }))],
	// Q. Remote party
	['SIP-01', 'call.busy', callFailed(given.failedCall('call.busy', { reason: 'busy', vendorCode: 31486 }))],
	[
		'SIP-04',
		'call.not-found',
		callFailed(given.failedCall('call.not-found', { reason: 'not-found', vendorCode: 31404 }))
	],
	[
		'SIP-04 number',
		'call.bad-number',
		callFailed(
			given.failedCall('call.not-found', { reason: 'not-found', to: { kind: 'number', complete: false } })
		)
	],
	[
		'SIP-04 Voice URL',
		'twilio-app.no-voice-url',
		callFailed(
			given.failedCall('call.not-found', { reason: 'not-found' }),
			given.failedCall('call.not-found', { reason: 'not-found' })
		)
	]
];
