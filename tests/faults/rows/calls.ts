import { expect } from '@playwright/test';
import type { Phone } from '../../e2e/phone.ts';
import { PATIENT, type Inject, type Row } from '../injection.ts';
import { calls as agentCall } from './livekit.ts';

const DESK = 'Support desk';

/** What the call's own clock says, seconds. */
const ageOf = async ({ time }: Phone): Promise<number> =>
	Number((await time.textContent())?.split(':').at(-1));

const isAged = (phone: Phone, seconds: number): Promise<void> =>
	expect.poll(() => ageOf(phone), PATIENT).toBeGreaterThanOrEqual(seconds);

/** Hung up when it is so old. */
export const lasts =
	(seconds: number) =>
	async (phone: Phone): Promise<void> => {
		await isAged(phone, seconds);
		await phone.hangUp();
	};

/** Heard first; then this happens, and it is hung up when it has been so for longer than a record looks back. */
export async function goesOnWith(phone: Phone, happens: () => Promise<unknown>): Promise<void> {
	await phone.reaches('In call');
	await isAged(phone, 2);
	await happens();
	await lasts((await ageOf(phone)) + 8)(phone);
}

/** The same, from when people can talk. */
export const talks =
	(seconds: number) =>
	async (phone: Phone): Promise<void> => {
		await phone.reaches('In call');
		await lasts(seconds)(phone);
	};

/** Calls these numbers in turn; each call ends by itself unless `during` ends it. */
const dials =
	(
		numbers: readonly string[],
		during: (phone: Phone) => Promise<void> = (phone) => phone.reaches(/^Ended: /)
	): Inject =>
	() => ({
		desk: {},
		before: async (phone) => {
			await phone.open('./', DESK);
			for (const [at, number] of numbers.entries()) {
				if (at > 0) await phone.close();
				await phone.dial(number);
				await during(phone);
			}
		}
	});

const ended = (phone: Phone) => phone.reaches(/^Ended: /);

/** I. Media, P. Agents, Q. Remote party: what a call shows. */
export const calls: readonly Row[] = [
	{
		id: 'ICE-01',
		cause: 'media.udp-blocked',
		core: true,
		how: 'The call is answered, and no address of the far side can be reached',
		inject: dials(['+12025550108'])
	},
	{
		id: 'ICE-06',
		cause: 'media.nothing-received',
		core: true,
		how: 'The far side answers and sends not one packet',
		inject: dials(['+12025550109'], talks(4))
	},
	{
		id: 'ICE-07',
		cause: 'media.nothing-sent',
		how: 'Whatever the phone puts on its connection is taken off again',
		inject: async (far) => ({
			...(await dials(['+12025550110'], talks(4))(far)),
			script: () => {
				const prototype: { addTrack: (this: RTCPeerConnection, ...args: never[]) => RTCRtpSender } =
					RTCPeerConnection.prototype;
				const { addTrack } = prototype;
				prototype.addTrack = function (...args) {
					const sender = addTrack.apply(this, args);
					this.addEventListener('connectionstatechange', () => void sender.replaceTrack(null));
					return sender;
				};
			}
		})
	},
	{
		id: 'AGT-01',
		cause: 'agent.never-joined',
		core: true,
		how: 'The agent takes the job and never joins',
		inject: agentCall('never', { joinWithinSeconds: 3 }, ended)
	},
	{
		id: 'AGT-02',
		cause: 'agent.not-invited',
		how: 'config.json expects `support`; the request carries no room_config, so the token invites nobody',
		inject: ({ livekit }) => ({
			agent: {
				agent: { name: 'support', expected: true },
				token: {
					url: livekit.tokenUrl(),
					body: { room_name: '{room}', participant_identity: '{identity}' }
				}
			}
		})
	},
	{
		id: 'AGT-03',
		cause: 'agent.without-audio',
		core: true,
		how: 'The agent stays in `initializing`, without a track, for over ten seconds',
		inject: agentCall('unready', {}, talks(13))
	},
	{
		id: 'AGT-04',
		cause: 'agent.left',
		how: 'The process of the agent dies two seconds after it has joined',
		inject: agentCall('crashes', {}, ended)
	},
	{
		id: 'AGT-04 error',
		cause: 'agent.left',
		how: 'The agent leaves after two seconds with AGENT_ERROR',
		inject: agentCall('fails', {}, ended)
	},
	{
		id: 'SIP-01',
		cause: 'call.busy',
		core: true,
		how: 'The number is busy: 31486',
		inject: dials(['+12025550102'])
	},
	{
		id: 'SIP-04',
		cause: 'call.not-found',
		how: 'One valid number is refused with 31404',
		inject: dials(['+12025550106'])
	},
	{
		id: 'SIP-04 Voice URL',
		cause: 'twilio-app.no-voice-url',
		how: 'Two valid numbers are refused with 31404 at once',
		inject: dials(['+12025550106', '+12025550177'])
	},
	{
		id: 'SIP-04 number',
		cause: 'call.bad-number',
		how: 'A number that is too short for any country is refused with 31484',
		inject: dials(['+1202'])
	}
];
