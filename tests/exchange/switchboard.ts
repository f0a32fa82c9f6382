import { FarCall } from './far-call.ts';
import type { ClientFrame, InvitePayload } from './frames.ts';
import { incomingBehaviour, planFor } from './numbering-plan.ts';
import type { Observation, PhoneObservation } from './observation.ts';
import type { PhoneSocket } from './phone-socket.ts';
import type { Faults } from './script-runner.ts';
import type { Claims, Tokens } from './tokens.ts';

export interface RingRequest {
	readonly identity: string;
	readonly from: string;
	/** Arrives as the custom parameter `CallerName`. */
	readonly name?: string;
	readonly params?: Readonly<Record<string, string>>;
	/** A name of `INCOMING` in numbering-plan.ts; `echo` if absent. */
	readonly behaviour?: string;
}

interface Counters {
	listens: number;
	registers: number;
	mostRegistered: number;
}

const REMEMBERED_CALLS = 500;

/** Knows the phones and the calls of one exchange, and nothing of behaviour: that is in the plan. */
export class Switchboard {
	readonly tokens: Tokens;
	/** Newest registration last. */
	readonly #phones = new Set<PhoneSocket>();
	readonly #counters = new Map<string, Counters>();
	readonly #calls = new Map<string, FarCall>();
	/** Until when, by identity and by host. */
	readonly #cutUntil = new Map<string, number>();
	readonly #refuseUntil = new Map<string, number>();
	readonly #faults: Faults = {
		refuseSockets: (ms, call) => {
			for (const phone of this.#of(call.facts.identity)) this.refuse(phone.host, ms);
		},
		cutSockets: (ms, call) => this.#cutUntil.set(call.facts.identity, performance.now() + ms),
		// A call that has ended is not found again, and whoever comes back to it is told so.
		forget: (call) => call.end({ by: 'far side', how: 'forgotten' }),
		callBack: ({ behaviour, caller }, call) => {
			this.ring({ identity: call.facts.identity, behaviour, ...caller }).catch(() => undefined);
		}
	};

	constructor(tokens: Tokens) {
		this.tokens = tokens;
	}

	listened(phone: PhoneSocket, identity: string): void {
		this.#phones.add(phone);
		this.#count(identity).listens++;
	}

	registering(phone: PhoneSocket): void {
		if (phone.identity) this.#count(phone.identity).registers++;
	}

	registered(phone: PhoneSocket): void {
		this.#phones.delete(phone);
		this.#phones.add(phone);
		if (!phone.identity) return;
		const counters = this.#count(phone.identity);
		const registered = this.#of(phone.identity).filter((one) => one.registered).length;
		counters.mostRegistered = Math.max(counters.mostRegistered, registered);
	}

	left(phone: PhoneSocket): void {
		this.#phones.delete(phone);
		for (const call of this.#calls.values()) call.left(phone);
	}

	cuts(identity: string): boolean {
		return (this.#cutUntil.get(identity) ?? 0) > performance.now();
	}

	/** Whether an upgrade under this host name gets HTTP 503 now. */
	refuses(host: string): boolean {
		return (this.#refuseUntil.get(host) ?? 0) > performance.now();
	}

	refuse(host: string, ms: number): void {
		this.#refuseUntil.set(host, performance.now() + ms);
	}

	/** A frame of a phone that has listened. */
	take(
		frame: Exclude<ClientFrame, { type: 'listen' | 'register' }>,
		phone: PhoneSocket,
		claims: Claims
	): void {
		if (frame.type === 'invite') return this.#invite(frame.payload, phone, claims);
		const call = this.#find(frame.payload.callsid);
		if (call?.facts.identity !== claims.identity || !call.obeys(phone)) return;
		switch (frame.type) {
			case 'answer':
				return guard(call, call.accept(frame.payload.sdp));
			case 'reinvite':
				return guard(call, call.reinvite(frame.payload.sdp));
			case 'dtmf':
				return call.hearing.press(frame.payload.dtmf, 'signalling');
			case 'hangup':
				return call.end({ by: 'phone', how: 'hangup' });
			case 'reject':
				return call.end({ by: 'phone', how: 'reject' });
			case 'message':
				return phone.send('ack', {
					acktype: 'message',
					callsid: call.sid,
					voiceeventsid: frame.payload.voiceeventsid
				});
		}
	}

	/** Rings the socket that registered this identity last (its token allowing it). Resolves with the call's sid. */
	async ring({ identity, from, name = '', params = {}, behaviour = 'echo' }: RingRequest): Promise<string> {
		const planned = incomingBehaviour(behaviour);
		if (!planned) throw new Error(`No behaviour is named "${behaviour}".`);
		const phone = this.#of(identity).findLast((one) => one.reachable);
		if (!phone) throw new Error(`No phone can be reached as "${identity}".`);
		const facts = {
			direction: 'in',
			identity,
			to: `client:${identity}`,
			from,
			params,
			plan: behaviour
		} as const;
		const call = this.#remember(new FarCall(facts, phone, this.#faults));
		await call.invite(planned.peer, name, this.tokens.account, planned.script);
		return call.sid;
	}

	/** Cuts all sockets of an identity; returns how many. */
	drop(identity: string): number {
		const phones = this.#of(identity);
		for (const phone of phones) phone.cut();
		return phones.length;
	}

	/** Tells an identity that its token has expired. */
	expire(identity: string): number {
		const phones = this.#of(identity);
		for (const phone of phones) phone.complain({ code: 31205, message: 'JWT token expired' });
		return phones.length;
	}

	/** The far side hangs up: a caller who was not answered yet gives up. False when there is no such call any more. */
	hangUp(sid: string): boolean {
		const call = this.#find(sid);
		if (call?.rings) call.cancel();
		else call?.hangUp();
		return call !== undefined;
	}

	/** Oldest first; calls that have ended stay for a while. */
	observe(identity?: string): readonly Observation[] {
		return [...this.#calls.values()]
			.filter((call) => identity === undefined || call.facts.identity === identity)
			.map((call) => call.observe());
	}

	observePhones(): readonly PhoneObservation[] {
		return [...this.#counters].map(([identity, counters]) => {
			const phones = this.#of(identity);
			return {
				identity,
				registered: phones.some((phone) => phone.registered),
				sockets: phones.length,
				...counters
			};
		});
	}

	close(): void {
		for (const call of this.#calls.values()) call.stop();
		for (const phone of this.#phones) phone.cut();
		this.#calls.clear();
	}

	#invite(invite: InvitePayload, phone: PhoneSocket, claims: Claims): void {
		if (invite.reconnect !== undefined) return this.#comeBack(invite, phone, claims);
		const refusal = { code: 31002, message: 'The token has no grant for outgoing calls' };
		if (!claims.outgoing) return phone.send('hangup', { callsid: invite.callsid, error: refusal });
		const params = Object.fromEntries(new URLSearchParams(invite.twilio?.params ?? ''));
		const { To: to = '', CallerId: from = `client:${claims.identity}` } = params;
		const { name, script } = planFor(to);
		const facts = { direction: 'out', identity: claims.identity, to, from, params, plan: name } as const;
		this.#remember(new FarCall(facts, phone, this.#faults)).begin(invite.sdp, invite.callsid, script);
	}

	#comeBack(invite: InvitePayload, phone: PhoneSocket, { identity }: Claims): void {
		const call = this.#find(invite.callsid);
		if (call?.facts.identity === identity) return guard(call, call.comeBack(invite, phone));
		const error = { code: 31005, message: 'The call is not known here' };
		phone.send('hangup', { callsid: invite.callsid, error });
	}

	#find(callsid: string): FarCall | undefined {
		const direct = this.#calls.get(callsid);
		const call = direct ?? [...this.#calls.values()].findLast((one) => one.answersTo(callsid));
		return call && !call.over ? call : undefined;
	}

	#of(identity: string): PhoneSocket[] {
		return [...this.#phones].filter((phone) => phone.identity === identity && phone.open);
	}

	#remember(call: FarCall): FarCall {
		this.#calls.set(call.sid, call);
		const [oldest] = [...this.#calls.values()].filter((one) => one.over);
		if (this.#calls.size > REMEMBERED_CALLS && oldest) this.#calls.delete(oldest.sid);
		return call;
	}

	#count(identity: string): Counters {
		const counters = this.#counters.get(identity) ?? { listens: 0, registers: 0, mostRegistered: 0 };
		this.#counters.set(identity, counters);
		return counters;
	}
}

/** An SDP that the far peer cannot read ends the call. */
function guard(call: FarCall, work: Promise<void>): void {
	work.catch((error: unknown) =>
		call.hangUp({ code: 31000, message: `The exchange failed: ${String(error)}` })
	);
}
