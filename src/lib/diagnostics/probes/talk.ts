import type { ServerWord, Target } from '../types.ts';
import { probeSocket, type OpenSocket } from './socket.ts';
import type { ProbeDeps } from './wait.ts';

/** Where a talk puts down what it hears. */
export interface Hearing {
	say(word: ServerWord): void;
	/** The acceptance has come. */
	confirm(): void;
}

export type Talk = (socket: OpenSocket, hearing: Hearing) => Promise<void>;

/** One socket and what is said on it. */
export interface TalkPlan {
	/** The whole address, with whatever the query holds. */
	readonly url: string;
	readonly protocols?: readonly string[];
	/** As in SocketPlan. */
	readonly openMs?: number;
	/** Absent: only whether it opens, and stays open for a moment. */
	readonly talk?: Talk;
}

/** A socket with what was said on it. */
export async function converse(
	{ url, protocols, openMs, talk }: TalkPlan,
	deps: ProbeDeps
): Promise<Pick<Target, 'socket' | 'said' | 'confirmedAfterMs'>> {
	const said: ServerWord[] = [];
	let confirmedAfterMs: number | undefined;
	const socket = await probeSocket(
		{
			url,
			...(protocols ? { protocols } : {}),
			...(openMs === undefined ? {} : { openMs }),
			...(talk
				? {
						talk: (open: OpenSocket) =>
							talk(open, {
								say: (word) => said.push(word),
								confirm: () => (confirmedAfterMs ??= open.ageMs)
							})
					}
				: {})
		},
		deps
	);
	return { socket, said, ...(confirmedAfterMs === undefined ? {} : { confirmedAfterMs }) };
}
