import type { ServerWord } from '#lib/diagnostics/types.ts';
import { foreign } from '#lib/diagnostics/probes/shown.ts';
import type { OpenSocket } from '#lib/diagnostics/probes/socket.ts';
import { CODES } from './codes.ts';

/** The SDK's own version of its protocol (2.18.5, lib/twilio/pstream.ts). */
const VERSION = '1.6';

/** A frame as the SDK writes it. */
function frame(type: 'listen' | 'register', payload: object): string {
	return JSON.stringify({ type, payload, version: VERSION });
}

export function listenFrame(token: string): string {
	const { platform, userAgent } = navigator;
	const browserinfo = { browser: { platform, userAgent }, p: 'browser', plugin: 'rtc', v: '2.18.5' };
	return frame('listen', { browserinfo, reconnectTimeout: 0, token });
}

export const registerFrame = (audio: boolean): string => frame('register', { media: { audio } });

/** What a frame of the gateway answers. */
export type Answer = { readonly type: string } | { readonly refused: ServerWord };

/** The gateway's next answer; heartbeats and what is not JSON are passed over. Undefined: none came within `ms`. */
export async function nextAnswer(socket: OpenSocket, ms: number): Promise<Answer | undefined> {
	const end = socket.ageMs + ms;
	for (;;) {
		const text = await socket.next(end - socket.ageMs);
		if (text === undefined) return undefined;
		const answer = typeof text === 'string' ? readAnswer(text) : undefined;
		if (answer) return answer;
	}
}

function readAnswer(text: string): Answer | undefined {
	const { type, payload } = parse(text);
	if (typeof type !== 'string') return undefined;
	if (type === 'close') return { refused: { text: 'close' } };
	if (type !== 'error') return { type };
	const { code, message } = recordOf(recordOf(payload)['error']);
	return {
		refused: {
			...(typeof code === 'number' ? { code, ...meaningOf(code) } : {}),
			...(typeof message === 'string' && message !== '' ? { text: foreign(message) } : {})
		}
	};
}

/** Nothing where the table does not know the code: the words then speak for themselves. */
function meaningOf(code: number): Pick<ServerWord, 'means'> {
	const known = CODES[code];
	return known ? { means: known.fault } : {};
}

function parse(text: string): Readonly<Record<string, unknown>> {
	try {
		return recordOf(JSON.parse(text));
	} catch {
		return {};
	}
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
