import { check } from '#lib/config/check.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { LineBase, LineModule } from '../module.ts';
import { livekitEntry } from './entry.ts';

/** An entry of kind `livekit` with its defaults filled in (contract, section 1). */
export interface LivekitSettings extends LineBase {
	/** As written; absent: the token endpoint says it. */
	readonly serverUrl?: string;
	readonly token: TokenSettings;
	/** Handed to the token endpoint; absent: not sent. */
	readonly identity?: string;
	/** Template of the room that is called when nothing is typed: `{random}`, `{identity}`, `{date}`. */
	readonly room: string;
	readonly agent: {
		/** The agent to be invited; absent: whoever comes by itself. */
		readonly name?: string;
		/** What it is told with the invitation. */
		readonly metadata?: Readonly<Record<string, unknown>>;
		/** Whether a call without an agent is a failed one. */
		readonly expected?: boolean;
		readonly joinWithinSeconds?: number;
	};
}

/** Rooms of a LiveKit server, with voice agents and people in them, by its own SDK. */
export const livekit: LineModule<LivekitSettings> = {
	kind: 'livekit',
	parse: (raw, path) => check(livekitEntry, raw, path),
	load: () => import('./line.ts'),
	gatherers: async (settings, deps) => (await import('./gatherers.ts')).gatherers(settings, deps)
};
