import type { EndReason } from '#lib/core/call-state.ts';
import { asLineError, LineError, type Fault } from '#lib/core/errors.ts';
import { decodeClaims } from '#lib/core/jwt.ts';
import type { MediaSample, Token, TokenSource } from '#lib/core/line.ts';
import type { SoundPath } from '#lib/core/sound-path.ts';
import type { LineDeps } from '../module.ts';
import { join } from './join.ts';
import { Media } from './media.ts';
import type { RoomMicrophone } from './microphone.ts';
import { endingOf, partingOf, type Parting } from './reasons.ts';
import { engineOf, newRoom, pathOf, rightsIn, RoomEvent, throwAway, type Engine, type Room } from './sdk.ts';
import type { RoomTalk } from './talk.ts';
import { judgeLivekitToken, permitOf, type Permit } from './token-claims.ts';
import { checkServerUrl, type ServerAddress } from './url-check.ts';

/** How long the SDK tries to get a lost connection back, and then we, with a new room object, ms. */
const RECOVER_MS = 45_000;
const REJOIN_MS = 30_000;
const REJOIN_EVERY_MS = 1_500;
/** How often a path that is not up yet is looked at, ms: of a connection that is given up nothing is left to see. */
const LOOK_MS = 1_000;

export interface StayEvents {
	/** The server has let us in; sound cannot flow yet. */
	entered(room: Room): void;
	/** Sound can flow. */
	connected(): void;
	interrupted(because: Fault): void;
	recovered(): void;
	sample(sample: MediaSample): void;
	/** Before it is up, when it is, and when it has changed. */
	path(path: SoundPath): void;
	over(reason: EndReason, error?: LineError): void;
}

interface StayDeps {
	readonly line: LineDeps;
	readonly tokens: TokenSource;
	/** As configured. */
	readonly serverUrl: string | undefined;
	/** The room that was asked for; `exact`: by its name, so that another one would be wrong; `fresh`: it is new. */
	readonly wanted: { readonly room: string; readonly exact: boolean; readonly fresh: boolean };
	readonly microphone: RoomMicrophone;
	readonly talk: RoomTalk;
	/** Aborts when the call has ended. */
	readonly signal: AbortSignal;
	readonly events: StayEvents;
}

/** One call's stay in its room: it enters, stays through interruptions, and enters anew where the SDK has given up. */
export class Stay {
	readonly #deps: StayDeps;
	#room: Room | undefined;
	#engine: Engine | undefined;
	#media: Media | undefined;
	#permit: Permit | undefined;
	#pathUp = true;
	#signalUp = true;

	constructor(deps: StayDeps) {
		this.#deps = deps;
	}

	get room(): Room | undefined {
		return this.#room;
	}

	/** What the last token invites and permits. */
	get permit(): Permit | undefined {
		return this.#permit;
	}

	/** @param after nothing goes to the network before it settles; the microphone may open */
	async begin(after: Promise<void> | undefined): Promise<void> {
		const { line, microphone, signal, events } = this.#deps;
		const opened = line.openMicrophone(signal).then(
			(stream) => ({ stream }),
			(error: unknown) => ({ error: asLineError(error, 'microphone.unavailable') })
		);
		try {
			await after;
			const entry = await this.#entry();
			// Who has to be asked for the microphone first should not miss an agent's greeting meanwhile.
			const found = await opened;
			if ('stream' in found) microphone.take(found.stream);
			else if (entry.permit.maySpeak) throw found.error;
			if (!entry.permit.maySpeak) microphone.release();
			await this.#visit(entry);
			events.connected();
		} catch (error) {
			const why = asLineError(error, 'app.unexpected');
			if (why.fault.startsWith('livekit-token.')) this.#deps.tokens.discard();
			void opened.then((found) => 'stream' in found && microphone.take(found.stream));
			events.over(endingOf(why), why);
		}
	}

	/** Never waited for: of a room that is stuck it never comes back. */
	leave(): void {
		this.#drop(this.#room);
	}

	async #entry(): Promise<{ token: Token; permit: Permit; address: ServerAddress }> {
		const { tokens, line, wanted, signal, serverUrl, talk } = this.#deps;
		const token = await tokens.token(signal);
		const claims = decodeClaims(token.secret.reveal());
		const fault = judgeLivekitToken(claims, line.clock.now(), token.expiresAt);
		if (fault) throw fault;
		const permit = permitOf(claims);
		this.#permit = permit;
		if (permit.room !== '' && permit.room !== wanted.room) {
			const facts = { asked: wanted.room, found: permit.room };
			if (wanted.exact) throw new LineError('livekit-token.wrong-room', { facts });
			talk.journal.note('other-room', facts);
		}
		const { protocol } = location;
		const address = checkServerUrl(token.serverUrl ?? serverUrl, protocol);
		if (!address.ok) throw address.error;
		const configured = serverUrl === undefined ? undefined : checkServerUrl(serverUrl, protocol);
		if (configured?.ok && configured.value.host !== address.value.host) {
			const facts = { configured: configured.value.host, used: address.value.host };
			line.log('warn', 'the token server names another LiveKit server', facts);
			talk.journal.note('other-server', facts);
		}
		talk.maySpeak.set(permit.maySpeak);
		talk.mayWrite.set(permit.mayWrite);
		return { token, permit, address: address.value };
	}

	async #visit({ token, address }: { token: Token; address: ServerAddress }): Promise<void> {
		const { line, signal, talk, events, wanted } = this.#deps;
		const room = newRoom(line.audio(), RECOVER_MS);
		this.#room = room;
		this.#engine = engineOf(room);
		talk.attach(room);
		talk.journal.note('joining', { server: address.host });
		room.once(RoomEvent.SignalConnected, () => {
			talk.entered(room);
			events.entered(room);
			void this.#publish(room);
			this.#lookForPath(room);
		});
		let isEntered = false;
		room.once(RoomEvent.SignalConnected, () => (isEntered = true));
		try {
			await join(room, address, token.secret, {
				clock: line.clock,
				signal,
				mayBeFull: !wanted.fresh
			});
		} catch (error) {
			if (!isEntered && !signal.aborted) line.sockets?.failed();
			this.#drop(room);
			throw error;
		}
		talk.journal.note('connected');
		talk.connected();
		this.#signalUp = true;
		this.#pathUp = true;
		this.#follow(room);
	}

	#follow(room: Room): void {
		const { line, talk } = this.#deps;
		const lost = (what: string) => () => {
			talk.journal.note(what);
			this.#signalUp = false;
			this.#tell('livekit-signalling.interrupted');
		};
		room.on(RoomEvent.SignalReconnecting, lost('signal-reconnecting'));
		room.on(RoomEvent.Reconnecting, lost('reconnecting'));
		room.on(RoomEvent.Reconnected, () => {
			talk.journal.note('reconnected');
			this.#signalUp = true;
			talk.connected();
			this.#tell('livekit-signalling.interrupted');
		});
		room.on(RoomEvent.ParticipantPermissionsChanged, (_, one) => {
			if (one === room.localParticipant) void this.#permitted(room);
		});
		room.on(RoomEvent.Disconnected, (reason) => this.#parted(room, partingOf(reason), reason));
		this.#media = new Media(room, line.clock, {
			sample: (sample) => this.#deps.events.sample(sample),
			path: (up) => {
				if (this.#pathUp === up) return;
				this.#pathUp = up;
				this.#look(room);
				talk.journal.note(up ? 'path-restored' : 'path-lost');
				this.#tell('media.lost');
			}
		});
	}

	/** Once a second until it is up, and once then. */
	#lookForPath(room: Room): void {
		const { clock } = this.#deps.line;
		clock.after(LOOK_MS, () => {
			if (this.#room !== room) return;
			this.#look(room);
			if (!this.#media) this.#lookForPath(room);
		});
	}

	#look(room: Room): void {
		const path = pathOf(room);
		if (path) this.#deps.events.path(path);
	}

	#tell(because: Fault): void {
		const { events } = this.#deps;
		if (this.#signalUp && this.#pathUp) events.recovered();
		else events.interrupted(because);
	}

	/** The server has changed what we may do. */
	async #permitted(room: Room): Promise<void> {
		const { microphone, talk, line, signal } = this.#deps;
		const { maySpeak, mayWrite } = rightsIn(room);
		talk.journal.note('permissions', { maySpeak, mayWrite });
		talk.mayWrite.set(mayWrite);
		if (maySpeak === talk.maySpeak.value) return;
		talk.maySpeak.set(maySpeak);
		if (!maySpeak) return microphone.release();
		try {
			microphone.take(await line.openMicrophone(signal));
			if (this.#room === room) await this.#publish(room);
		} catch (error) {
			line.log('warn', 'the microphone did not open', { error });
			talk.maySpeak.set(false);
		}
	}

	async #publish(room: Room): Promise<void> {
		const { microphone, talk, line, signal, events } = this.#deps;
		if (!talk.maySpeak.value) return;
		try {
			await microphone.publish(room);
			talk.journal.note('microphone-published');
		} catch (error) {
			if (signal.aborted || this.#room !== room) return;
			const mayNot = !rightsIn(room).maySpeak;
			line.log('warn', 'the microphone was not published', { error });
			if (mayNot) talk.maySpeak.set(false);
			else events.over('failed', asLineError(error, 'media.not-connected'));
		}
	}

	#parted(room: Room, parting: Parting, reason: number | undefined): void {
		const { signal, talk, events } = this.#deps;
		if (signal.aborted || this.#room !== room) return;
		talk.journal.note('disconnected', { reason });
		if (parting.kind === 'over') {
			this.#drop(room);
			events.over(parting.reason, parting.error);
		} else void this.#again(parting.error);
	}

	/** Enters the same room anew, with a token that is good: the SDK does not say why it gave up. */
	async #again(error: LineError): Promise<void> {
		const { line, signal, talk, events, tokens } = this.#deps;
		const { clock } = line;
		const until = clock.monotonic() + REJOIN_MS;
		this.#drop(this.#room);
		events.interrupted(error.fault);
		let refusals = 0;
		for (let attempt = 1; !signal.aborted; attempt++) {
			talk.journal.note('rejoining', { attempt });
			try {
				await this.#visit(await this.#entry());
				return events.recovered();
			} catch (reason) {
				const why = asLineError(reason, 'app.unexpected');
				talk.journal.note('rejoin-failed', { fault: why.fault });
				if (signal.aborted) return;
				if (why.fault.startsWith('livekit-token.')) {
					tokens.discard();
					// The first may have been an old one; what is refused after it will be refused again.
					if (++refusals > 1) return events.over('failed', why);
				}
				// What the server says of the room tells more than that it had been away.
				const last = why.fault.startsWith('livekit-room.') ? why : error;
				if (clock.monotonic() > until) return events.over('failed', last);
			}
			await new Promise<void>((resolve) => clock.after(REJOIN_EVERY_MS, resolve));
		}
	}

	#drop(room: Room | undefined): void {
		if (!room || this.#room !== room) return;
		this.#room = undefined;
		this.#media?.end();
		this.#media = undefined;
		this.#deps.microphone.unpublished();
		this.#deps.talk.detach(room);
		throwAway(room, this.#engine);
	}
}
