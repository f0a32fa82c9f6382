import type { TestProject } from 'vitest/node';
import { startExchange } from '../exchange/exchange.ts';

/** Where the exchange of this run is to be found; `inject('exchange')` in a test. */
export interface ExchangeAddresses {
	/** `host:port`, over TLS. */
	readonly gateway: string;
	/** `ws://host:port`. */
	readonly plainGateway: string;
	/** `http://host:port`: token endpoints and observation. */
	readonly httpUrl: string;
}

declare module 'vitest' {
	export interface ProvidedContext {
		exchange: ExchangeAddresses;
	}
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
	const { gateway, plainGateway, httpUrl, close } = await startExchange();
	provide('exchange', { gateway, plainGateway, httpUrl });
	return close;
}
