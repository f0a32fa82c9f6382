import { addresses } from './addresses.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { twilio } from './twilio.ts';
import { livekit } from './livekit.ts';
import { sockets } from './sockets.ts';
import { media } from './media.ts';
import { device } from './device.ts';
import { ground } from './ground.ts';
import { calls } from './calls.ts';
import type { Row } from './seen.ts';

/** What the page sees of every fault of the table, on an otherwise healthy phone. */
export const ROWS: readonly Row[] = [
	...addresses,
	...tokenEndpoint,
	...twilio,
	...livekit,
	...sockets,
	...media,
	...device,
	...ground,
	...calls
];
