import type { EndReason } from '#lib/core/call-state.ts';
import type { Conversation, Participant, Turn } from '#lib/core/conversation.ts';
import { inTime } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import { Cell } from '#lib/core/watched.ts';
import type { LineDeps } from '../module.ts';
import { Ears, type Heard } from './ears.ts';
import { Journal } from './journal.ts';
import { Outputs } from './outputs.ts';
import { agentAmong, kindOf, peopleOf, someoneOf } from './people.ts';
import { Presence } from './presence.ts';
import { departureOf } from './reasons.ts';
import { RoomEvent, stateOf, type RemoteParticipant, type Room, type SdkParticipant } from './sdk.ts';
import { Transcriber } from './transcriber.ts';
import { TurnMeter } from './turn-meter.ts';
import { Voices } from './voices.ts';

const WRITE_MS = 8_000;
const LONGEST_TEXT = 8 * 1024;
/** The screen follows voices so often, ms. */
const LEVELS_MS = 200;
const MOST_TURNS = 500;

/** What the conversation tells its call. */
export interface TalkEvents {
	rang(): void;
	answered(): void;
	over(reason: EndReason, error?: LineError): void;
	/** Sound has come of a voice. */
	arrived(): void;
}

interface TalkDeps {
	readonly line: LineDeps;
	/** Whether the call is for an agent, and how long it has to come, ms. */
	readonly expected: boolean;
	readonly withinMs: number;
	missing(): LineError;
	readonly events: TalkEvents;
}

/** The conversation of one call, over every stay in its room. */
export class RoomTalk implements Conversation {
	readonly room = new Cell('');
	readonly participants = new Cell<readonly Participant[]>([]);
	readonly turns = new Cell<readonly Turn[]>([]);
	readonly maySpeak = new Cell(true);
	readonly mayWrite = new Cell(true);
	readonly journal: Journal;
	readonly outputs: Outputs;
	readonly voices: Voices;
	readonly ears: Ears;
	readonly #deps: TalkDeps;
	readonly #presence: Presence;
	readonly #transcriber: Transcriber;
	readonly #meter = new TurnMeter();
	#levelOf: Heard['levelOf'] = () => -Infinity;
	#levelsAt = -Infinity;
	#spokeUntil = -Infinity;
	#room: Room | undefined;

	constructor(deps: TalkDeps) {
		this.#deps = deps;
		const { clock, devices, log } = deps.line;
		this.journal = new Journal(clock);
		this.outputs = new Outputs(devices.speaker.value, log);
		this.ears = new Ears({
			clock,
			audio: () => deps.line.audio(),
			page: document,
			heard: (now) => this.#heard(now)
		});
		const { outputs, ears } = this;
		this.voices = new Voices({ outputs, ears, log, arrived: () => deps.events.arrived() });
		this.#transcriber = new Transcriber(clock);
		const { expected, withinMs, missing, events } = deps;
		this.#presence = new Presence({
			clock,
			expected,
			withinMs,
			missing,
			here: () => this.#room !== undefined && stateOf(this.#room) === 'connected',
			rang: () => events.rang(),
			answered: () => events.answered(),
			over: (reason, error) => events.over(reason, error)
		});
		this.agent.watch((agent) => {
			const fault = agent.phase === 'failed' ? agent.because.fault : undefined;
			this.journal.note('agent-state', { state: agent.phase, fault });
		});
	}

	get agent() {
		return this.#presence.agent;
	}

	get transcript() {
		return this.#transcriber.transcript;
	}

	get events() {
		return this.journal.events;
	}

	get playbackBlocked() {
		return this.outputs.blocked;
	}

	async allowPlayback(): Promise<void> {
		await Promise.all([this.outputs.unblock(), this.#deps.line.audio().resume()]);
	}

	async write(text: string): Promise<void> {
		const room = this.#room;
		const said = text.trim();
		if (!room || said === '') throw new LineError('command.not-now');
		if (!this.mayWrite.value) throw new LineError('command.unsupported');
		if (said.length > LONGEST_TEXT) throw new LineError('address.invalid', { facts: { most: LONGEST_TEXT } });
		const agent = agentAmong(room.remoteParticipants.values());
		const sent = room.localParticipant.sendText(said, {
			topic: 'lk.chat',
			...(agent ? { destinationIdentities: [agent.identity] } : {})
		});
		await inTime(sent, WRITE_MS, this.#deps.line.clock);
		this.#transcriber.wrote(said);
		this.#presence.asked();
		this.journal.note('wrote', { characters: said.length });
	}

	/** The SDK's room, before it is entered. */
	attach(room: Room): void {
		this.#room = room;
		this.voices.attach(room);
		this.#transcriber.attach(room);
		const refresh = () => this.#refresh();
		const note = (what: string) => (_: unknown, one: SdkParticipant) => {
			this.journal.note(what, { who: nameOf(one) });
			refresh();
		};
		room.on(RoomEvent.ParticipantConnected, (one) => {
			this.journal.note('participant-joined', { who: nameOf(one), kind: kindOf(one) });
			refresh();
		});
		room.on(RoomEvent.ParticipantDisconnected, (one, reason) => this.#gone(room, one, reason));
		room.on(RoomEvent.TrackPublished, note('track-published'));
		room.on(RoomEvent.TrackUnpublished, note('track-unpublished'));
		room.on(RoomEvent.TrackMuted, note('track-muted'));
		room.on(RoomEvent.TrackUnmuted, note('track-unmuted'));
		room.on(RoomEvent.TrackSubscribed, () => {
			this.journal.note('track-subscribed');
			refresh();
		});
		// The SDK (2.23.0) may tell of it before its own publication knows.
		room.on(RoomEvent.TrackUnsubscribed, () => queueMicrotask(refresh));
		room.on(RoomEvent.ParticipantNameChanged, refresh);
		room.on(RoomEvent.ParticipantAttributesChanged, (changed, one) => {
			const state = changed['lk.agent.state'];
			if (state !== undefined) this.journal.note('agent-said', { who: nameOf(one), state });
			// The stream of its last words may stay open until its next.
			if (state === 'listening' || state === 'idle') this.#transcriber.finish('agent');
			refresh();
		});
		room.on(RoomEvent.ParticipantPermissionsChanged, refresh);
	}

	/** We are in the room. */
	entered(room: Room): void {
		this.room.set(room.name);
		this.journal.note('joined', { room: room.name, identity: room.localParticipant.identity });
		this.#presence.entered();
		this.#refresh();
	}

	/** The room is gone, or we are. */
	detach(room: Room): void {
		this.voices.detach(room);
		if (this.#room === room) this.#room = undefined;
		room.removeAllListeners();
	}

	/** Once a second, with what was heard in it, dBFS. */
	tick(level: number): void {
		this.#presence.hear(level);
		this.#presence.tick();
		// Not every subscription that ends is told.
		if (this.#room && this.#hasOtherVoices(this.#room)) this.#refresh();
	}

	#hasOtherVoices({ remoteParticipants }: Room): boolean {
		const known = this.participants.value;
		const now = peopleOf(remoteParticipants.values(), this.#levelOf);
		return now.some((one) =>
			known.some((old) => old.identity === one.identity && old.subscribed !== one.subscribed)
		);
	}

	/**
	 * Sound can flow, for the first time or again. What came between the server's word and this was not told by the SDK
	 * (2.23.0), and who is not here after an interruption has gone in the meantime.
	 */
	connected(): void {
		this.#refresh(true);
	}

	close(): void {
		this.#presence.end();
		this.ears.close();
		this.outputs.close();
	}

	#refresh(back = false): void {
		const room = this.#room;
		if (!room || isAway(room)) return;
		const others = [...room.remoteParticipants.values()];
		this.participants.set(peopleOf(others, this.#levelOf));
		const agent = agentAmong(others);
		const seen = others.filter((one) => kindOf(one) !== 'agent' || one === agent);
		this.#presence.see(
			seen.map((one) => someoneOf(one, others)),
			back
		);
	}

	#gone(room: Room, one: RemoteParticipant, reason: number | undefined): void {
		const who = someoneOf(one, []);
		// A connection that is set up anew says first that everybody has gone.
		queueMicrotask(() => {
			if (this.#room !== room || isAway(room)) return;
			this.journal.note('participant-left', { who: nameOf(one), reason });
			const others = [...room.remoteParticipants.values()];
			const seen = others.map((other) => someoneOf(other, others));
			if (who.kind === 'agent') this.#transcriber.finish('agent');
			this.#presence.left(who, departureOf(reason), seen);
			this.#refresh();
		});
	}

	#heard(now: Heard): void {
		const { at, mine, theirs, levelOf } = now;
		this.#presence.hear(theirs);
		const turn = this.#meter.hear(at, mine, theirs);
		const { spokeUntil } = this.#meter;
		if (spokeUntil > this.#spokeUntil) this.#presence.asked();
		this.#spokeUntil = spokeUntil;
		if (turn) {
			this.turns.update((turns) => [...turns.slice(turns.length >= MOST_TURNS ? 1 : 0), turn]);
			this.journal.note('turn', { latencyMs: Math.round(turn.latencyMs) });
		}
		if (at - this.#levelsAt < LEVELS_MS) return;
		this.#levelsAt = at;
		this.#presence.tick();
		this.#levelOf = levelOf;
		const before = this.participants.value;
		const after = before.map((one) => ({ ...one, level: levelOf(one.identity) }));
		if (after.some(({ level }, index) => level !== before[index]?.level)) this.participants.set(after);
	}
}

const isAway = (room: Room): boolean => ['reconnecting', 'disconnected'].includes(stateOf(room));

const nameOf = (one: SdkParticipant): string => one.name || one.identity;
