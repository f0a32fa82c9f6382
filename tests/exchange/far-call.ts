import { randomBytes, randomUUID } from 'node:crypto';
import type { GatewayError, InvitePayload, ServerFrames } from './frames.ts';
import { Hearing } from './hearing.ts';
import { MediaPeer, type PeerOptions } from './media-peer.ts';
import type { CallEnding, Observation } from './observation.ts';
import { runScript, type Faults } from './script-runner.ts';
import type { Step } from './script.ts';
import { sdpIdentity, type SdpIdentity } from './sdp.ts';

/** The socket that a call speaks to the phone over. */
export interface CallSocket {
	send<T extends keyof ServerFrames>(type: T, payload: ServerFrames[T]): void;
	cut(): void;
	readonly open: boolean;
}

export interface CallFacts {
	readonly direction: 'out' | 'in';
	readonly identity: string;
	readonly to: string;
	readonly from: string;
	readonly params: Readonly<Record<string, string>>;
	readonly plan: string;
}

/** As long as the SDK itself lets a gateway wait for it (`reconnectTimeout`, at most 30 s). */
const RETURN_WITHIN_MS = 30_000;

/** One call as the exchange has it: its script, its far peer, its ending. */
export class FarCall {
	readonly sid = `CA${randomBytes(16).toString('hex')}`;
	readonly facts: CallFacts;
	readonly #reconnect = randomUUID();
	readonly #startedAt = Date.now();
	readonly #hearing = new Hearing();
	readonly #ended = new AbortController();
	readonly #answered = Promise.withResolvers<void>();
	readonly #faults: Faults;
	readonly #stopped = new AbortController();
	#grace: NodeJS.Timeout | undefined;
	#temporarySid = '';
	/** The name by which the phone knows the call: its own, until it has been told ours. */
	#known = this.sid;
	#socket: CallSocket;
	#state: Observation['state'] = 'ringing';
	#peer: MediaPeer | undefined;
	#peerOptions: PeerOptions = { voice: 'silence' };
	#phone: SdpIdentity | undefined;
	#offer = '';
	#reconnects = 0;
	#ending: CallEnding | null = null;

	constructor(facts: CallFacts, socket: CallSocket, faults: Faults) {
		this.facts = facts;
		this.#socket = socket;
		this.#faults = faults;
	}

	/** Resolves when the phone has answered, or the call has ended. */
	get answered(): Promise<void> {
		return this.#answered.promise;
	}

	get ended(): AbortSignal {
		return this.#ended.signal;
	}

	/** Aborted when nothing more may come of the call, not even a call back. */
	get stopped(): AbortSignal {
		return this.#stopped.signal;
	}

	get hearing(): Hearing {
		return this.#hearing;
	}

	/** A caller waits for the phone's answer. */
	get rings(): boolean {
		return this.facts.direction === 'in' && this.#state === 'ringing';
	}

	get over(): boolean {
		return this.#state === 'ended';
	}

	/** The socket is gone. A phone that does not come back in time has lost the call. */
	left(socket: CallSocket): void {
		if (this.over || this.#socket !== socket) return;
		clearTimeout(this.#grace);
		this.#grace = setTimeout(() => this.end({ by: 'phone', how: 'lost' }), RETURN_WITHIN_MS);
	}

	/** `callsid` is the call's own, or the temporary one that the phone invented for its invite. */
	answersTo(callsid: string): boolean {
		return callsid === this.sid || callsid === this.#temporarySid;
	}

	/** Only the socket that has the call may act on it; after a take-over the former one is a bystander. */
	obeys(socket: CallSocket): boolean {
		return this.#socket === socket || !this.#socket.open;
	}

	/** A call that the phone began: its offer waits until the script answers. */
	begin(offer: string, temporarySid: string, script: readonly Step[]): void {
		this.#offer = offer;
		this.#phone = sdpIdentity(offer);
		this.#temporarySid = temporarySid;
		this.#known = temporarySid;
		void runScript(script, this, this.#faults);
	}

	/** Rings the phone. */
	async invite(peer: PeerOptions, name: string, account: string, script: readonly Step[]): Promise<void> {
		this.#peerOptions = peer;
		this.#peer = new MediaPeer(peer, this.#hearing);
		const sdp = await this.#peer.offer();
		if (this.over) return;
		const custom = new URLSearchParams({
			...(name ? { CallerName: name } : {}),
			...this.facts.params
		}).toString();
		this.#socket.send('invite', {
			callsid: this.sid,
			sdp,
			reconnect: this.#reconnect,
			parameters: {
				CallSid: this.sid,
				From: this.facts.from,
				To: this.facts.to,
				AccountSid: account,
				ApiVersion: '2010-04-01',
				...(custom ? { Params: custom } : {})
			}
		});
		void runScript(script, this, this.#faults);
	}

	/** The phone's answer to our invite; it waits for a frame in return. */
	async accept(sdp: string): Promise<void> {
		if (this.over || !this.#peer) return;
		this.#phone = sdpIdentity(sdp);
		await this.#peer.accept(sdp);
		this.#connected();
		this.#socket.send('answer', { callsid: this.sid, reconnect: this.#reconnect });
	}

	/** ICE restart on the socket that the call has. No far peer, no answer. */
	async reinvite(sdp: string): Promise<void> {
		if (this.over) return;
		const answer = await this.#restart(sdp);
		if (answer) this.#socket.send('answer', { callsid: this.sid, sdp: answer, reconnect: this.#reconnect });
	}

	/**
	 * The phone comes back: after a drop (same connection, no SDP needed), after a token refresh (likewise), with ICE
	 * restarted, or with another connection altogether (`connectToken`), which answers a call that still rings.
	 */
	async comeBack(invite: InvitePayload, socket: CallSocket): Promise<void> {
		if (invite.reconnect !== this.#reconnect) {
			socket.send('hangup', {
				callsid: this.sid,
				error: { code: 31209, message: 'Reconnect token is not valid' }
			});
			return;
		}
		this.#socket = socket;
		clearTimeout(this.#grace);
		this.#reconnects++;
		const { connection, ice } = sdpIdentity(invite.sdp);
		const frame = { callsid: this.sid, reconnect: this.#reconnect };
		if (this.#state === 'answered' && connection === this.#phone?.connection) {
			const sdp = ice === this.#phone.ice ? undefined : await this.#restart(invite.sdp);
			return socket.send('answer', sdp ? { ...frame, sdp } : frame);
		}
		await this.#peer?.close();
		this.#peer = new MediaPeer(this.#peerOptions, this.#hearing);
		this.#phone = { connection, ice };
		const sdp = await this.#peer.answer(invite.sdp);
		this.#connected();
		socket.send('answer', { ...frame, sdp });
	}

	ring(): void {
		this.#known = this.sid;
		this.#socket.send('ringing', { callsid: this.sid });
	}

	async answerWith(options: PeerOptions): Promise<void> {
		this.#known = this.sid;
		this.#peerOptions = options;
		this.#peer = new MediaPeer(options, this.#hearing);
		const sdp = await this.#peer.answer(this.#offer);
		if (this.over) return this.#peer.close();
		this.#connected();
		this.#socket.send('answer', { callsid: this.sid, sdp, reconnect: this.#reconnect });
	}

	/** The caller gives up, unless the phone has answered. */
	cancel(): void {
		if (this.#state !== 'ringing') return;
		this.#socket.send('cancel', { callsid: this.sid });
		this.end({ by: 'far side', how: 'cancel' });
	}

	complain(error: GatewayError): void {
		this.#socket.send('error', { callsid: this.#known, error });
	}

	dropSocket(): void {
		this.#socket.cut();
	}

	async stopMedia(): Promise<void> {
		await this.#peer?.close();
	}

	/** Ends the call without a frame: the phone already knows, or must not be told. */
	end(ending: CallEnding): void {
		if (this.over) return;
		this.#state = 'ended';
		this.#ending = ending;
		clearTimeout(this.#grace);
		this.#ended.abort();
		this.#answered.resolve();
		this.#peer?.close().catch(() => undefined);
	}

	hangUp(error?: GatewayError): void {
		if (this.over) return;
		const callsid = this.#known;
		this.#socket.send('hangup', error ? { callsid, error } : { callsid });
		const refused = error !== undefined && this.#state === 'ringing';
		this.end({ by: 'far side', how: refused ? 'refused' : 'hangup', ...(error ? { code: error.code } : {}) });
	}

	observe(): Observation {
		const { rtpIn, rtpOut, digits, digitsBy } = this.#hearing;
		return {
			sid: this.sid,
			...this.facts,
			state: this.#state,
			media: this.#peer?.state ?? 'none',
			codec: this.#peer ? (this.#peerOptions.codec ?? 'PCMU') : null,
			rtpIn,
			rtpOut,
			...this.#hearing.heard(),
			digits,
			digitsBy,
			reconnects: this.#reconnects,
			ended: this.#ending,
			startedAt: this.#startedAt
		};
	}

	/** Ends the call and its script: nothing more will come of it. */
	stop(): void {
		this.#stopped.abort();
		this.end({ by: 'far side', how: 'hangup' });
	}

	async #restart(sdp: string): Promise<string | undefined> {
		this.#phone = sdpIdentity(sdp);
		return this.#peer?.state === 'closed' ? undefined : this.#peer?.restart(sdp);
	}

	#connected(): void {
		this.#state = 'answered';
		this.#answered.resolve();
	}
}
