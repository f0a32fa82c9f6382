import { setTimeout as sleep } from 'node:timers/promises';
import {
	DisconnectReason,
	Room,
	RoomEvent,
	TrackKind,
	type RemoteParticipant,
	type RemoteTrackPublication
} from '@livekit/rtc-node';
import type { PartyObservation } from '../observation.ts';
import type { LeaveReason, PlannedParty, Step } from '../room-plan.ts';
import { Conversing } from './conversing.ts';
import { Ears } from './ears.ts';
import { leaveBecause } from './leave.ts';
import { Mouth } from './mouth.ts';
import { Transcript, type Speaker } from './transcript.ts';

export interface Invitation {
	readonly url: string;
	readonly token: string;
}

/** What a party's script can do to the world around it. */
export interface Stage {
	deleteRoom(): Promise<void>;
	/** A guest, nobody of ours, has come or gone. */
	guest(identity: string, here: boolean, because: string): void;
	isOurs(identity: string): boolean;
}

/** One participant of the other side, with what it has seen and heard. */
export class Party {
	readonly planned: PlannedParty;
	readonly #stage: Stage;
	readonly #room = new Room();
	readonly #ears: Ears;
	readonly #mouth = new Mouth();
	readonly #over = new AbortController();
	readonly #chats: string[] = [];
	#conversing: Conversing | undefined;
	#state: PartyObservation['state'] = 'coming';
	#agentState = '';
	#digits = '';
	#because = '';

	constructor(planned: PlannedParty, stage: Stage) {
		this.planned = planned;
		this.#stage = stage;
		this.#ears = new Ears(planned.pause ?? 200, {
			frame: (frame) => void (planned.voice === 'echo' && this.#mouth.repeat(frame)),
			speech: (what, ms) => this.#conversing?.speech(what, ms)
		});
	}

	async join({ url, token }: Invitation): Promise<void> {
		if (this.planned.after) await this.#wait(this.planned.after);
		if (this.#over.signal.aborted) return;
		this.#follow();
		await this.#room.connect(url, token, { autoSubscribe: true, dynacast: false });
		this.#state = 'here';
		const me = this.#room.localParticipant;
		if (!me) return;
		for (const { identity } of this.#room.remoteParticipants.values())
			if (!this.#stage.isOurs(identity)) this.#stage.guest(identity, true, '');
		await this.setState('initializing');
		const track = this.planned.voice === 'none' ? '' : await this.#mouth.publish(me);
		const words = this.planned.words ?? (this.planned.as === 'agent' ? 'streams' : 'none');
		this.#conversing = new Conversing({
			voice: this.planned.voice,
			mouth: this.#mouth,
			transcript: new Transcript(me, words),
			me: { identity: me.identity, track },
			speaker: () => this.#speaker(),
			setState: (state) => void (this.planned.states !== 'initializing' && this.setState(state))
		});
		void this.#speak();
		if (this.planned.states !== 'initializing') await this.setState('listening');
		await this.#play(this.planned.script ?? []);
	}

	/** Says a text aloud, as an agent does: a tone for its length, and the words. */
	async say(text: string, ms = 1000): Promise<void> {
		await this.#conversing?.say(text, ms);
	}

	/** Its word about itself; only agents have one. */
	async setState(state: string): Promise<void> {
		if (this.planned.as !== 'agent' || this.planned.states === 'none' || state === this.#agentState) return;
		this.#agentState = state;
		await this.#set({ 'lk.agent.state': state });
	}

	async leave(because?: LeaveReason): Promise<void> {
		// While it leaves, everybody else seems to leave, too: it is asked once more.
		if (this.#over.signal.aborted) return;
		this.#over.abort();
		this.#because = because ?? '';
		if (because) await leaveBecause(this.#room, DisconnectReason[because]);
		await this.#room.disconnect().catch(() => {});
		await this.#left(because ?? 'CLIENT_INITIATED');
	}

	observe(): PartyObservation {
		return {
			identity: this.#room.localParticipant?.identity ?? '',
			name: this.planned.name,
			as: this.planned.as,
			state: this.#state,
			agentState: this.#agentState,
			level: this.#ears.level,
			framesIn: this.#ears.framesIn,
			framesOut: this.#mouth.framesOut,
			turns: this.#ears.turns,
			digits: this.#digits,
			chats: this.#chats,
			leftBecause: this.#because
		};
	}

	#follow(): void {
		const room = this.#room;
		room.on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => {
			if (track.kind === TrackKind.KIND_AUDIO && !this.#stage.isOurs(identity))
				void this.#ears.listen(track).catch(() => {});
		});
		room.on(RoomEvent.DtmfReceived, (_code, digit) => void (this.#digits += digit));
		room.on(RoomEvent.ParticipantConnected, ({ identity }) => {
			if (!this.#stage.isOurs(identity)) this.#stage.guest(identity, true, '');
		});
		room.on(RoomEvent.ParticipantDisconnected, ({ identity, disconnectReason }) => {
			if (!this.#stage.isOurs(identity)) this.#stage.guest(identity, false, nameOf(disconnectReason));
		});
		room.on(RoomEvent.Disconnected, (reason) => void this.#left(nameOf(reason)));
		room.registerTextStreamHandler('lk.chat', (reader) => {
			// Who leaves in the middle of a text has not sent it.
			void reader.readAll().then(
				(text) => {
					this.#chats.push(text);
					if (this.planned.as === 'agent') void this.#conversing?.reply(text);
				},
				() => {}
			);
		});
	}

	async #speak(): Promise<void> {
		const { voice } = this.planned;
		if (voice === 'none' || voice === 'packetless') return;
		if (typeof voice === 'object') {
			if ('offset' in voice) this.#mouth.turns(voice.hertz, voice.offset, voice.others);
			else this.#mouth.tone(voice.hertz);
		}
		await this.#mouth.run((peak) => this.#conversing?.sent(peak)).catch(() => {});
	}

	async #play(script: readonly Step[]): Promise<void> {
		for (const step of script) {
			if (this.#over.signal.aborted) return;
			if (step.do === 'wait') await this.#wait(step.ms);
			else if (step.do === 'leave') await this.leave(step.because);
			else if (step.do === 'crash') process.exit(1);
			else if (step.do === 'delete-room') await this.#stage.deleteRoom();
			else if (step.do === 'leg') await this.#set({ 'sip.callStatus': step.status });
			else await this.#freeze();
		}
	}

	async #freeze(): Promise<void> {
		this.#conversing?.close();
		await this.setState('thinking');
		await this.#mouth.close();
	}

	async #set(attributes: Record<string, string>): Promise<void> {
		await this.#room.localParticipant?.setAttributes(attributes).catch(() => {});
	}

	async #left(because: string): Promise<void> {
		if (this.#state === 'left') return;
		this.#state = 'left';
		this.#because ||= because;
		this.#over.abort();
		this.#conversing?.close();
		this.#ears.close();
		await this.#mouth.close();
	}

	/** The first guest with a voice. */
	#speaker(): Speaker | undefined {
		for (const guest of this.#room.remoteParticipants.values()) {
			if (!this.#stage.isOurs(guest.identity)) return { identity: guest.identity, track: trackOf(guest) };
		}
		return undefined;
	}

	async #wait(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal: this.#over.signal }).catch(() => {});
	}
}

function trackOf(participant: RemoteParticipant): string {
	const publications: RemoteTrackPublication[] = [...participant.trackPublications.values()];
	return publications.find(({ kind }) => kind === TrackKind.KIND_AUDIO)?.sid ?? '';
}

function nameOf(reason: DisconnectReason | undefined): string {
	return reason === undefined ? 'UNKNOWN_REASON' : (DisconnectReason[reason] ?? String(reason));
}
