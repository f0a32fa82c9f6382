import { addresses } from './addresses.ts';
import { calls } from './calls.ts';
import { device } from './device.ts';
import { ground } from './ground.ts';
import { livekit } from './livekit.ts';
import { relays } from './relays.ts';
import { sockets } from './sockets.ts';
import { sound } from './sound.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { twilio } from './twilio.ts';
import type { Row } from '../injection.ts';

/** Every fault of the catalogue that one machine can bring about, in its order. */
export const ROWS: readonly Row[] = [
	...addresses,
	...tokenEndpoint,
	...twilio,
	...livekit,
	...sockets,
	...relays,
	...calls,
	...device,
	...sound,
	...ground
];
