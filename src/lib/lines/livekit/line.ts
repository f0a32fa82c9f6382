import type { Address } from '#lib/core/address.ts';
import { backoff } from '#lib/core/backoff.ts';
import { abortError } from '#lib/core/deadline.ts';
import { asLineError, LineError } from '#lib/core/errors.ts';
import { nextLineState, type LineEvent, type LineState } from '#lib/core/line-state.ts';
import type { Abilities, Call, DialOptions, Line } from '#lib/core/line.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell, until } from '#lib/core/watched.ts';
import type { LineDeps } from '../module.ts';
import { RoomCall } from './call.ts';
import type { LivekitSettings } from './meta.ts';
import { roomName } from './room-name.ts';
import { checkServerUrl, type ServerAddress } from './url-check.ts';
import { validate } from './validate.ts';

/** Wakes come in bunches (resumed, shown, online): one question for all of them, ms. */
const WAKE_MS = 100;
const PROBE_MS = 5_000;

/** Opens the line, which never rejects for the network. */
export function open(settings: LivekitSettings, deps: LineDeps): Line {
	return new LivekitLine(settings, deps);
}

/**
 * A line whose calls are rooms. It holds no connection of its own: it is ready when a LiveKit server answers at its
 * address, or, where only the token endpoint knows the address, at once. Nobody can call it.
 */
class LivekitLine implements Line {
	readonly id: string;
	readonly label: string;
	readonly kind = 'livekit';
	readonly can: Abilities;
	readonly state = new Cell<LineState>({ phase: 'off' });
	readonly calls = new Cell<readonly RoomCall[]>([]);
	readonly #settings: LivekitSettings;
	readonly #deps: LineDeps;
	readonly #own: Address;
	readonly #scope = new Scope();
	#attempt = new Scope();
	#failures = 0;
	#cancelWake: (() => void) | undefined;

	constructor(settings: LivekitSettings, deps: LineDeps) {
		this.id = settings.id;
		this.label = settings.label;
		this.#settings = settings;
		this.#deps = deps;
		this.#own = { kind: 'room', value: settings.room };
		this.can = {
			dials: ['room'],
			receives: false,
			digits: true,
			hold: 'local',
			callerIds: [],
			own: this.#own
		};
		this.#scope.add(deps.onWake(() => this.#woke()));
		this.#scope.add(() => this.#cancelWake?.());
		this.#scope.add(() => this.#attempt.end());
		this.#say({ type: 'opening' });
		this.#begin(0);
	}

	async dial(to: Address, options: DialOptions = {}): Promise<Call> {
		if (this.#scope.ended) throw new LineError('line.closed');
		if (to.kind !== 'room') throw new LineError('address.unsupported', { facts: { kind: to.kind } });
		if (options.signal?.aborted) throw abortError(options.signal);
		const { clock } = this.#deps;
		const { identity = '', agent, room: own, token } = this.#settings;
		const room = roomName(to.value, {
			identity,
			now: clock.now(),
			random: (count) => crypto.getRandomValues(new Uint8Array(count))
		});
		const { name, metadata = {} } = agent;
		const tokens = this.#deps.tokens(token, {
			kind: 'livekit',
			line: this.id,
			room,
			...(identity === '' ? {} : { identity }),
			...(name ? { agentName: name } : {}),
			...(Object.keys(metadata).length === 0 ? {} : { agentMetadata: JSON.stringify(metadata) })
		});
		const isOwn = to.value === own;
		const call = new RoomCall(
			{
				address: to,
				room,
				exact: room === to.value,
				fresh: to.value.includes('{random}'),
				...(isOwn ? { name: name || this.label } : {})
			},
			{ settings: this.#settings, line: this.#deps, tokens, changed: (changed) => this.#changed(changed) },
			options
		);
		this.calls.update((calls) => [...calls, call]);
		return call;
	}

	async reopen(): Promise<void> {
		if (this.#scope.ended) throw new LineError('line.closed');
		this.#say({ type: 'opening' });
		this.#failures = 0;
		this.#begin(0);
		await until(this.state, ({ phase }) => phase !== 'opening' && phase !== 'recovering');
	}

	async close(): Promise<void> {
		if (this.#scope.ended) return;
		for (const call of this.calls.value) call.end('line-closed');
		this.#scope.end();
		this.#say({ type: 'closed' });
	}

	#changed(call: RoomCall): void {
		if (call.state.value.phase !== 'ended') return;
		this.calls.update((calls) => calls.filter((other) => other !== call));
	}

	#begin(delay: number): void {
		this.#attempt.end();
		const attempt = new Scope();
		this.#attempt = attempt;
		attempt.add(this.#deps.clock.after(delay, () => void this.#ask(attempt)));
	}

	/** Whether LiveKit is there. No token is fetched for it: a token is made for a room. */
	async #ask(attempt: Scope): Promise<void> {
		const { serverUrl } = this.#settings;
		if (serverUrl === undefined) return this.#ready();
		const address = checkServerUrl(serverUrl, location.protocol);
		if (!address.ok) return this.#say({ type: 'failed', because: address.error });
		const fault = await this.#faultAt(address.value, attempt);
		if (attempt.ended) return;
		if (!fault) return this.#ready();
		const mayPass =
			fault.fault === 'livekit-signalling.unreachable' || fault.fault === 'livekit-server.overloaded';
		if (!mayPass) return this.#say({ type: 'failed', because: fault });
		const delay = backoff(++this.#failures, Math.random);
		this.#say({ type: 'lost', because: fault, nextTryAt: this.#deps.clock.now() + delay });
		this.#begin(delay);
	}

	async #faultAt(address: ServerAddress, { signal }: Scope): Promise<LineError | undefined> {
		try {
			return await validate(address, undefined, { clock: this.#deps.clock, signal, ms: PROBE_MS });
		} catch (error) {
			if (!navigator.onLine) return new LineError('network.offline');
			return asLineError(error, 'livekit-signalling.unreachable');
		}
	}

	#ready(): void {
		this.#failures = 0;
		this.#say({ type: 'ready', receiving: false });
	}

	#woke(): void {
		this.#cancelWake?.();
		this.#cancelWake = this.#deps.clock.after(WAKE_MS, () => {
			if (this.state.value.phase !== 'failed') this.#begin(0);
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
