import { deadline } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';
import type { VoiceDevice } from './device.ts';
import { gatewayError } from './translate.ts';

const REGISTER_MS = 10_000;

/**
 * Registers a Device. The SDK's own promise may hang for ever, and rejects with nothing; what its signalling says settles
 * this one, in 10 s at most. Rejects with a LineError; the Device is of no use then.
 *
 * @param edges how many edges the SDK has to try before none can be reached
 */
export function register(
	{ sdk, signalling }: VoiceDevice,
	edges: number,
	clock: Clock,
	signal: AbortSignal
): Promise<void> {
	let stop = () => {};
	const confirmed = new Promise<void>((resolve, reject) => {
		stop = signalling.watch((news) => {
			if (news.type === 'ready') resolve();
			else if (news.type === 'dismissed') reject(new LineError('twilio-signalling.interrupted'));
			else if (news.type === 'refused' && news.callSid === undefined) reject(gatewayError(news.code));
			else if (news.type === 'lost' && (signalling.opened || signalling.lost >= edges)) {
				reject(new LineError(signalling.fault()));
			}
		});
	});
	sdk.register().catch(() => {});
	const late = () => new LineError(signalling.fault());
	return deadline(confirmed, REGISTER_MS, late, clock, signal).finally(stop);
}
