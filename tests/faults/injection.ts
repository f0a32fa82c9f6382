import type { Phone } from '../e2e/phone.ts';
import type { CheckupPage } from '../e2e/checkup-page.ts';
import type { Far } from './far-side.ts';

/** Laid over an entry of config.json; `undefined` takes a key away. */
export type Patch = Readonly<Record<string, unknown>>;

export type Script = () => void;

/** How long something is waited for that takes a moment: a busy machine has its time, and what is there is not waited for. */
export const PATIENT = { timeout: 120_000 };

/** What is done to an otherwise healthy phone. Parts that are absent are left as they are. */
export interface Injection {
	/** The Twilio line, the LiveKit line, the further WebSocket: there where one is named, with this laid over it. */
	readonly desk?: Patch;
	readonly agent?: Patch;
	readonly voice?: Patch;
	/** Further entries of config.json. */
	readonly config?: Patch;
	/** Headers of the site's own pages. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Files of the site, by path. */
	readonly files?: Readonly<Record<string, unknown>>;
	/** What the page is called: `localhost` by default. */
	readonly page?: 'https://phone.test' | 'https://localhost' | 'http://phone.test';
	/** Flags that this browser is started with besides. */
	readonly flags?: readonly string[];
	/** Flags of every browser of these tests that this one is started without. */
	readonly withoutFlags?: readonly string[];
	/** Names and addresses that stand before the usual ones: `voice-js.dublin.twilio.com 127.0.0.1:8443`. */
	readonly names?: readonly string[];
	/** What the browser has been told about the microphone: that it may be used, by default. */
	readonly microphone?: 'denied' | 'never asked';
	/** Runs in the page before its own scripts; stands alone. */
	readonly script?: Script | readonly Script[];
	/** On the phone, before the checkup is opened. Without it the checkup's page is the first that is opened. */
	readonly before?: (phone: Phone) => Promise<void>;
	/** On the checkup's page, before the run. */
	readonly atRun?: (checkup: CheckupPage) => Promise<void>;
	/** The run begins by its address, without a click. */
	readonly byAddress?: boolean;
	/** After the first run, before what is downloaded. */
	readonly afterRun?: (checkup: CheckupPage) => Promise<void>;
	/** Takes away what the injection has put up itself. */
	readonly end?: () => Promise<unknown>;
}

export type Inject = (far: Far) => Injection | Promise<Injection>;

/** One fault of the catalogue, and how it is brought about. */
export interface Row {
	readonly id: string;
	/** What stands first in the report. */
	readonly cause: string;
	/** How, for the table. */
	readonly how: string;
	/** One of the catalogue's core rows. */
	readonly core?: true;
	readonly inject: Inject;
}

/** Both at once: one's parts and the other's, entries of config.json key by key. */
export function together(one: Injection, other: Injection): Injection {
	const both = { ...one, ...other };
	const merged = (key: 'desk' | 'agent' | 'voice' | 'config' | 'headers' | 'files') =>
		one[key] || other[key] ? { [key]: { ...one[key], ...other[key] } } : {};
	const listed = (key: 'flags' | 'withoutFlags' | 'names') =>
		one[key] || other[key] ? { [key]: [...(one[key] ?? []), ...(other[key] ?? [])] } : {};
	return {
		...both,
		...(Object.assign(
			{},
			...(['desk', 'agent', 'voice', 'config', 'headers', 'files'] as const).map(merged)
		) as Injection),
		...(Object.assign({}, ...(['flags', 'withoutFlags', 'names'] as const).map(listed)) as Injection),
		...(one.script && other.script ? { script: [one.script, other.script].flat() } : {}),
		...(one.before && other.before ? { before: inTurn(one.before, other.before) } : {}),
		...(one.atRun && other.atRun ? { atRun: inTurn(one.atRun, other.atRun) } : {}),
		end: async () => {
			await one.end?.();
			await other.end?.();
		}
	};
}

const inTurn =
	<T>(...acts: readonly ((what: T) => Promise<void>)[]) =>
	async (what: T): Promise<void> => {
		for (const act of acts) await act(what);
	};
