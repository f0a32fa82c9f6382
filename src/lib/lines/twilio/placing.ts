import { deadline } from '#lib/core/deadline.ts';
import { asLineError, LineError } from '#lib/core/errors.ts';
import type { DialOptions } from '#lib/core/line.ts';
import type { LineDeps } from '../module.ts';
import { TwilioCall, type CallHooks } from './call.ts';
import type { VoiceDevice } from './device.ts';
import type { TwilioSettings } from './meta.ts';
import type { Call as SdkCall, Device } from './sdk.ts';
import { gatewayError } from './translate.ts';

/** What placing and answering need of the line. */
export interface Ground {
	readonly settings: TwilioSettings;
	readonly deps: LineDeps;
	readonly hooks: CallHooks;
	/** The registered Device, if no call is on it. */
	free(): VoiceDevice | undefined;
	/** A Device for one call. Rejects with a LineError. */
	open(signal: AbortSignal, outgoing: boolean): Promise<VoiceDevice>;
}

/** From the wish to a socket that the gateway has answered on, ms. A wish older than that is dropped: no ghost calls. */
const SIGNALLING_MS = 10_000;

/** Outgoing calls. */
export class Placing {
	readonly #ground: Ground;

	constructor(ground: Ground) {
		this.#ground = ground;
	}

	/** The call is in `placing`; whatever fails later ends it. Throws for a caller id that is not the line's. */
	place(to: string, options: DialOptions): TwilioCall {
		const { settings, deps, hooks } = this.#ground;
		const params = connectParams(settings.dial, to, options);
		const party = { address: to, params: [] };
		const call = new TwilioCall(
			{ id: deps.newId(), lineId: settings.id, direction: 'out', party },
			deps,
			hooks
		);
		const abort = () => {
			if (call.state.value.phase === 'placing') call.end('cancelled');
		};
		options.signal?.addEventListener('abort', abort, { signal: call.signal });
		void this.#connect(call, params, options);
		return call;
	}

	async #connect(call: TwilioCall, params: Record<string, string>, options: DialOptions): Promise<void> {
		try {
			const device = this.#ground.free() ?? (await this.#ground.open(call.signal, true));
			call.take(device);
			device.inviteAfter = options.after;
			device.onInvite = options.invited;
			const sdk = await connect(device, { params }, this.#ground.deps, call.signal);
			call.attach(device, sdk);
		} catch (error) {
			call.end('failed', asLineError(error, 'app.unexpected'));
		}
	}
}

/**
 * The SDK's call, as soon as it exists. A hang-up in the meantime takes back what comes too late; on a Device of its own
 * nothing comes, since that is destroyed.
 */
export function connect(
	device: VoiceDevice,
	options: Device.ConnectOptions,
	{ clock }: LineDeps,
	signal: AbortSignal
): Promise<SdkCall> {
	const { signalling } = device;
	let stop = () => {};
	const refused = new Promise<never>((_, reject) => {
		stop = signalling.watch((news) => {
			if (news.type === 'refused' && news.callSid === undefined) reject(gatewayError(news.code));
			if (news.type === 'dismissed') reject(new LineError('twilio-signalling.interrupted'));
		});
	});
	const connected = device.sdk.connect(options);
	connected.then(
		(call) => {
			if (signal.aborted) call.disconnect();
		},
		() => {}
	);
	const late = () => new LineError(signalling.up ? 'call.no-response' : signalling.fault());
	return deadline(Promise.race([connected, refused]), SIGNALLING_MS, late, clock, signal).finally(stop);
}

function connectParams(
	dial: TwilioSettings['dial'],
	to: string,
	options: DialOptions
): Record<string, string> {
	const { callerId = dial.callerIds[0] } = options;
	if (callerId !== undefined && !dial.callerIds.includes(callerId)) throw new LineError('call.bad-caller-id');
	const params = {
		...dial.params,
		...options.params,
		[dial.numberParam]: to,
		...(dial.callerIdParam === undefined || callerId === undefined ? {} : { [dial.callerIdParam]: callerId })
	};
	return Object.fromEntries(Object.entries(params).map(([name, text]) => [whole(name), whole(text)]));
}

/** Half a character becomes what people see of it: the SDK encodes parameters where nobody hears that it cannot. */
const whole = (text: string): string => text.replace(/\p{Cs}/gu, '\ufffd');
