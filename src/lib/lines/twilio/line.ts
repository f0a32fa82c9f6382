import { addressKey, type Address } from '#lib/core/address.ts';
import { abortError } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import { nextLineState, type LineEvent, type LineState } from '#lib/core/line-state.ts';
import type { Abilities, Call, DialOptions, Line } from '#lib/core/line.ts';
import { Cell, until } from '#lib/core/watched.ts';
import type { LineDeps } from '../module.ts';
import { Answering } from './answering.ts';
import type { CallHooks, TwilioCall } from './call.ts';
import { Credentials } from './credentials.ts';
import { VoiceDevice } from './device.ts';
import type { TwilioSettings } from './meta.ts';
import { Placing } from './placing.ts';
import { Registration } from './registration.ts';
import { Renewal } from './renewal.ts';
import { gatewayError, remedyFor } from './translate.ts';

/** Wakes come in bunches (resumed, shown, online): one registration for all of them, ms. */
const WAKE_MS = 100;

/** Opens the line: it registers at once, and never rejects for the network. */
export function open(settings: TwilioSettings, deps: LineDeps): Line {
	return new TwilioLine(settings, deps);
}

/**
 * Twilio's SDK carries one call on each Device. The registered Device has the first call; each further one has a Device
 * of its own, made for it and destroyed with it, so that neither can end the other.
 */
class TwilioLine implements Line {
	readonly id: string;
	readonly label: string;
	readonly kind = 'twilio';
	readonly can: Abilities;
	readonly state = new Cell<LineState>({ phase: 'off' });
	readonly calls = new Cell<readonly TwilioCall[]>([]);
	readonly #settings: TwilioSettings;
	readonly #deps: LineDeps;
	readonly #credentials: Credentials;
	readonly #renewal: Renewal;
	readonly #registration: Registration;
	readonly #placing: Placing;
	readonly #answering: Answering;
	readonly #own = new Set<VoiceDevice>();
	readonly #stops: (() => void)[];
	#cancelWake: (() => void) | undefined;
	#closed = false;

	constructor(settings: TwilioSettings, deps: LineDeps) {
		this.id = settings.id;
		this.label = settings.label;
		this.can = {
			dials: ['number', 'client', 'sip', 'code'],
			receives: settings.incoming,
			digits: true,
			hold: 'local',
			// Without a parameter to carry it, a choice would change nothing.
			callerIds: settings.dial.callerIdParam === undefined ? [] : settings.dial.callerIds
		};
		this.#settings = settings;
		this.#deps = deps;
		const { clock, log } = deps;
		const request = {
			kind: 'twilio' as const,
			line: settings.id,
			...(settings.identity === undefined ? {} : { identity: settings.identity })
		};
		const credentials = new Credentials(deps.tokens(settings.token, request), clock);
		this.#credentials = credentials;
		this.#renewal = new Renewal({
			line: settings.id,
			clock,
			log,
			credentials,
			random: Math.random,
			devices: () => this.#devices(),
			failed: (error) => this.#registration.fail(error)
		});
		const renewal = this.#renewal;
		this.#registration = new Registration({
			settings,
			line: deps,
			random: Math.random,
			credential: async (signal) => {
				const credential = await credentials.get(signal);
				renewal.adopt(credential);
				return credential;
			},
			discard: () => credentials.discard(),
			say: (event) => this.#say(event),
			rang: (device, call) => this.#add(this.#answering.ring(device, call)),
			inCall: {
				dropped: () => void renewal.dropped(),
				accepted: () => renewal.accepted(),
				refused: (error) => void renewal.refused(error)
			}
		});
		const registration = this.#registration;
		const ground = {
			settings,
			deps,
			hooks: this.#hooks(),
			free: () => registration.free,
			open: (signal: AbortSignal, outgoing: boolean) => this.#open(signal, outgoing)
		};
		this.#placing = new Placing(ground);
		this.#answering = new Answering(ground);
		this.#stops = [
			deps.onWake(() => this.#woke()),
			deps.devices.microphone.watch(() => {
				for (const device of this.#devices()) void device.mixer.changeMicrophone();
			})
		];
		this.#say({ type: 'opening' });
		registration.restart();
	}

	async dial(to: Address, options: DialOptions = {}): Promise<Call> {
		if (this.#closed) throw new LineError('line.closed');
		if (!this.can.dials.includes(to.kind)) {
			throw new LineError('address.unsupported', { facts: { kind: to.kind } });
		}
		if (options.signal?.aborted) throw abortError(options.signal);
		return this.#add(this.#placing.place(addressKey(to), options));
	}

	async reopen(): Promise<void> {
		if (this.#closed) throw new LineError('line.closed');
		this.#say({ type: 'opening' });
		this.#registration.restart();
		await until(this.state, ({ phase }) => phase !== 'opening' && phase !== 'recovering');
	}

	async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		for (const stop of this.#stops) stop();
		this.#cancelWake?.();
		this.#renewal.stop();
		for (const call of this.calls.value) call.end('line-closed');
		this.#registration.close();
		for (const device of this.#own) device.destroy();
		this.#own.clear();
		this.#say({ type: 'closed' });
	}

	#hooks(): CallHooks {
		return {
			answer: (call) => this.#answering.answer(call),
			changed: (call) => this.#changed(call),
			doubt: (device) => this.#registration.doubt(device),
			left: (device) => {
				if (this.#own.delete(device)) device.destroy();
				else this.#registration.left(device);
			}
		};
	}

	#add(call: TwilioCall): TwilioCall {
		if (call.state.value.phase !== 'ended') this.calls.update((calls) => [...calls, call]);
		this.#renewal.setInCall(this.calls.value.length > 0);
		return call;
	}

	#changed(call: TwilioCall): void {
		const state = call.state.value;
		if (state.phase !== 'ended') return;
		this.calls.update((calls) => calls.filter((other) => other !== call));
		this.#renewal.setInCall(this.calls.value.length > 0);
		const { error } = state.how;
		if (error && remedyFor(error) === 'renew') this.#credentials.discard();
	}

	*#devices(): Iterable<VoiceDevice> {
		const { device } = this.#registration;
		if (device) yield device;
		yield* this.#own;
	}

	/** A Device for one call, not registered. */
	async #open(signal: AbortSignal, outgoing: boolean): Promise<VoiceDevice> {
		const credential = await this.#credentials.get(signal);
		if (signal.aborted) throw abortError(signal);
		if (outgoing && !credential.dialsOut) throw new LineError('twilio-token.no-outgoing-app');
		this.#renewal.adopt(credential);
		const device = new VoiceDevice(this.#settings, this.#deps, credential.secret);
		this.#own.add(device);
		device.signalling.watch((news) => {
			// Until there is a call, connect() fails by it.
			if (!device.sdk.isBusy) return;
			if (news.type === 'connected') this.#renewal.accepted();
			if (news.type === 'lost') void this.#renewal.dropped();
			if (news.type !== 'refused' || news.callSid !== undefined) return;
			const error = gatewayError(news.code);
			if (remedyFor(error) === 'renew') void this.#renewal.refused(error);
		});
		return device;
	}

	#woke(): void {
		this.#cancelWake?.();
		this.#cancelWake = this.#deps.clock.after(WAKE_MS, () => {
			if (this.state.value.phase !== 'failed') this.#registration.restart();
			for (const device of this.#devices()) device.signalling.hurry();
		});
	}

	#say(event: LineEvent): void {
		const state = nextLineState(this.state.value, event);
		if (state === this.state.value) return;
		this.state.set(state);
		const fault = 'because' in state ? state.because.fault : undefined;
		this.#deps.log('info', 'line', { line: this.id, phase: state.phase, ...(fault ? { fault } : {}) });
	}
}
