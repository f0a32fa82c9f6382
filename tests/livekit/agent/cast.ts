import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Job } from '@livekit/protocol';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import type { PartyObservation, RoomObservation } from '../observation.ts';
import { planFor, type PlannedParty, type PlannedRoom } from '../room-plan.ts';
import { Party } from './party.ts';

export interface Access {
	/** `ws://…` */
	readonly url: string;
	readonly key: string;
	readonly secret: string;
}

/** With these an agent goes, too; whoever is lost in another way may come back, within WAITS_MS. */
const GOODBYES = ['CLIENT_INITIATED', 'ROOM_DELETED', 'USER_REJECTED', 'PARTICIPANT_REMOVED'];
const WAITS_MS = 60_000;

/** Everybody of the other side in one room. */
export class Cast {
	readonly jobId: string;
	readonly #access: Access;
	readonly #room: string;
	readonly #sid: string;
	readonly #planned: PlannedRoom;
	readonly #job: Pick<Job, 'agentName' | 'metadata'>;
	readonly #parties: Party[] = [];
	/** Of parties with a process of their own, the last word. */
	readonly #apart = new Map<ChildProcess, PartyObservation>();
	readonly #identities = new Set<string>();
	readonly #guests: string[] = [];
	readonly #here = new Set<string>();
	#waiting: NodeJS.Timeout | undefined;
	readonly #startedAt = Date.now();

	constructor(access: Access, job: Pick<Job, 'id' | 'agentName' | 'metadata'>, room: string, sid: string) {
		this.#access = access;
		this.jobId = job.id;
		this.#job = job;
		this.#room = room;
		this.#sid = sid;
		this.#planned = planFor(room);
	}

	/** `token`: the dispatched agent's. */
	async enter(token?: string): Promise<void> {
		this.#wait();
		const dispatched = this.#planned.parties.find((party) => party.as === 'agent');
		await Promise.all(
			this.#planned.parties.map(async (planned) => {
				const own = planned === dispatched && token ? token : await this.#mint(planned);
				this.#identities.add(identityOf(own));
				if (planned.script?.some((step) => step.do === 'crash')) return this.#enterApart(planned, own);
				const party = new Party(planned, {
					deleteRoom: () => this.#service.deleteRoom(this.#room),
					guest: (identity, here, because) => this.#guest(identity, here, because),
					isOurs: (identity) => this.#identities.has(identity)
				});
				this.#parties.push(party);
				await party.join({ url: this.#access.url, token: own });
			})
		);
	}

	observe(): RoomObservation {
		return {
			room: this.#room,
			sid: this.#sid,
			plan: this.#planned.name,
			agentName: this.#job.agentName,
			metadata: this.#job.metadata,
			parties: [...this.#parties.map((party) => party.observe()), ...this.#apart.values()],
			guests: this.#guests,
			startedAt: this.#startedAt
		};
	}

	async say(text: string, ms?: number): Promise<void> {
		await this.#parties[0]?.say(text, ms);
	}

	async setState(state: string): Promise<void> {
		await this.#parties[0]?.setState(state);
	}

	async leave(): Promise<void> {
		clearTimeout(this.#waiting);
		for (const child of this.#apart.keys()) child.kill('SIGKILL');
		await Promise.all(this.#parties.map((party) => party.leave()));
	}

	get #service(): RoomServiceClient {
		const { url, key, secret } = this.#access;
		return new RoomServiceClient(url.replace('ws', 'http'), key, secret);
	}

	#guest(identity: string, here: boolean, because: string): void {
		if (here) {
			this.#here.add(identity);
			if (!this.#guests.includes(identity)) this.#guests.push(identity);
			clearTimeout(this.#waiting);
		} else if (this.#here.delete(identity) && this.#here.size === 0) {
			if (GOODBYES.includes(because)) void this.leave();
			else this.#wait();
		}
	}

	/** Nobody is here whom they could talk to. */
	#wait(): void {
		clearTimeout(this.#waiting);
		this.#waiting = setTimeout(() => void this.leave(), WAITS_MS).unref();
	}

	/** A party that is to crash has a process of its own. */
	#enterApart(planned: PlannedParty, token: string): void {
		const told = JSON.stringify({ planned, url: this.#access.url, token });
		const child = fork(join(import.meta.dirname, 'party-apart.ts'), [told], {
			stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
			execArgv: []
		});
		child.on('message', (seen: PartyObservation) => this.#apart.set(child, seen));
		child.once('exit', () => {
			const seen = this.#apart.get(child);
			if (seen) this.#apart.set(child, { ...seen, state: 'left', level: 0, leftBecause: 'crashed' });
		});
	}

	async #mint({ as, name, behalf }: PlannedParty): Promise<string> {
		const identity = `${name.split(' ')[0]?.toLowerCase() ?? as}-${randomBytes(4).toString('hex')}`;
		const token = new AccessToken(this.#access.key, this.#access.secret, { identity, name, ttl: '1h' });
		token.kind = as === 'agent' ? 'agent' : as === 'phone' ? 'sip' : 'standard';
		token.addGrant({
			roomJoin: true,
			room: this.#room,
			canUpdateOwnMetadata: true,
			...(as === 'agent' ? { agent: true } : {})
		});
		if (as === 'phone')
			token.attributes = {
				'sip.callID': `SCL_${identity}`,
				'sip.phoneNumber': '+12025550155',
				'sip.trunkPhoneNumber': '+12025550100',
				'sip.callStatus': 'dialing'
			};
		if (behalf) token.attributes = { 'lk.publish_on_behalf': [...this.#identities][0] ?? '' };
		return token.toJwt();
	}
}

function identityOf(token: string): string {
	const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
	return (payload as { sub?: string }).sub ?? '';
}
