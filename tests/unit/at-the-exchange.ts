import { afterAll, afterEach, beforeAll } from 'vitest';
import { startExchange, type Exchange, type Observation } from '../exchange/exchange.ts';
import { WirePhone } from './wire-phone.ts';

/** One exchange for a test file, and phones at it that are closed after each test. */
export interface Bench {
	readonly exchange: Exchange;
	/** An identity that no other phone here has: the exchange tells them apart by it. */
	newName(): string;
	/** A phone that has opened its socket and said nothing. */
	opened(gateway?: string): Promise<WirePhone>;
	registered(identity?: string, gateway?: string): Promise<WirePhone>;
	callOf(identity: string): Observation | undefined;
}

export function useExchange(): Bench {
	let running: Exchange | undefined;
	const phones: WirePhone[] = [];
	let count = 0;
	const keep = (phone: WirePhone): WirePhone => {
		phones.push(phone);
		return phone;
	};
	beforeAll(async () => {
		running = await startExchange();
	});
	afterEach(() => Promise.all(phones.splice(0).map((phone) => phone.close())));
	afterAll(() => running?.close());

	const exchange = (): Exchange => {
		if (!running) throw new Error('The exchange runs only inside tests.');
		return running;
	};
	const newName = (): string => `unit_${++count}`;
	return {
		get exchange() {
			return exchange();
		},
		newName,
		opened: async (gateway = exchange().plainGateway) => keep(await WirePhone.open(gateway)),
		registered: async (identity = newName(), gateway = exchange().plainGateway) =>
			keep(await WirePhone.registered(gateway, exchange().mint('good', { identity }))),
		callOf: (identity) => exchange().calls(identity).at(-1)
	};
}
