import { LineError } from '#lib/core/errors.ts';
import type { Party } from '#lib/core/line.ts';
import { TwilioCall } from './call.ts';
import { connect, type Ground } from './placing.ts';
import type { VoiceDevice } from './device.ts';
import type { Call as SdkCall } from './sdk.ts';

/** Custom parameters that carry the caller's name: Twilio itself has none, TwiML's <Parameter> may. */
const NAMES = ['CallerName', 'callerName', 'caller_name', 'name'];
/** What is foreign is cut where nobody would read on. Twilio's own identities have 121 characters at most. */
const LONGEST_ADDRESS = 512;
const LONGEST_NAME = 200;
const LONGEST_PARAM = 500;
const MOST_PARAMS = 50;

/** Incoming calls. */
export class Answering {
	readonly #ground: Ground;

	constructor(ground: Ground) {
		this.#ground = ground;
	}

	/** A call that rings on the registered Device. */
	ring(device: VoiceDevice, sdk: SdkCall): TwilioCall {
		const { settings, deps, hooks } = this.#ground;
		const party = partyOf(sdk);
		const call = new TwilioCall(
			{ id: deps.newId(), lineId: settings.id, direction: 'in', party },
			deps,
			hooks
		);
		call.attach(device, sdk);
		device.rings.add(call);
		return call;
	}

	/** On the Device that it rings on, if that has no other call; else on one of its own, which takes it over. */
	async answer(call: TwilioCall): Promise<void> {
		const ringing = call.leg;
		if (!ringing) throw new LineError('command.not-now');
		const { device } = ringing;
		if (device.carries === undefined) {
			device.rings.delete(call);
			call.take(device);
			if (!ringing.accept()) {
				call.end('missed');
				throw new LineError('command.not-now');
			}
			call.answered();
			return;
		}
		const { connectToken } = ringing;
		if (connectToken === undefined) throw new LineError('call.second-call-unsupported');
		const { deps, hooks, open } = this.#ground;
		const own = await open(call.signal, false);
		try {
			call.take(own);
			const sdk = await connect(own, { connectToken }, deps, call.signal);
			// To the SDK it is an outgoing call now; what it was for us it stays.
			call.attach(own, sdk);
			ringing.ignore();
			device.rings.delete(call);
			call.answered();
		} catch (error) {
			own.carries = undefined;
			hooks.left(own);
			throw error;
		}
	}
}

function partyOf(sdk: SdkCall): Party {
	const params = [...sdk.customParameters]
		.slice(0, MOST_PARAMS)
		.map(([key, value]) => [key.slice(0, LONGEST_NAME), value.slice(0, LONGEST_PARAM)] as const);
	const name = NAMES.map((key) => sdk.customParameters.get(key)).find((value) => value);
	return {
		address: (sdk.parameters['From'] ?? '').slice(0, LONGEST_ADDRESS),
		...(name ? { name: name.slice(0, LONGEST_NAME) } : {}),
		params
	};
}
