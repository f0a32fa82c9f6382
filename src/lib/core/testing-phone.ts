import type { Address } from './address.ts';
import type { DiallingRules } from './dialling.ts';
import { LineError, type Fault } from './errors.ts';
import type { Call } from './line.ts';
import { Phone } from './phone.ts';
import { FakeCall, FakeClock, FakeHistory, FakeLine } from './testing.ts';

export const ALICE: Address = { kind: 'client', value: 'alice' };
export const BOB: Address = { kind: 'number', value: '+15550100' };

export const never = (): Promise<void> => new Promise(() => {});

/** A phone with one line, 'desk', on which everything works until told otherwise. */
export class PhoneBench {
	readonly clock = new FakeClock();
	readonly history = new FakeHistory();
	readonly line = new FakeLine('desk', this.clock);
	readonly phone: Phone;
	rules: DiallingRules = {};

	constructor() {
		let ids = 0;
		this.phone = new Phone({
			clock: this.clock,
			history: this.history,
			log: () => {},
			newId: () => `row-${++ids}`,
			dialling: () => this.rules
		});
		this.phone.add(this.line);
	}

	/** Dialled on the desk line, answered and connected. */
	async talking(to = ALICE): Promise<FakeCall> {
		return fake(await this.phone.dial('desk', to)).talks();
	}
}

/** The fake behind a call of the phone. */
export function fake(call: Call): FakeCall {
	if (!(call instanceof FakeCall)) throw new Error('not a fake');
	return call;
}

/** The fault that a command rejects with; 'none' when it resolves. */
export async function faultOf(command: Promise<unknown>): Promise<Fault | 'none'> {
	try {
		await command;
		return 'none';
	} catch (error) {
		if (error instanceof LineError) return error.fault;
		throw error;
	}
}
