import { jsonErrorPlace } from '#lib/config/json-place.ts';
import { keepable } from '#lib/config/last-good.ts';
import { isWritten, type WrittenConfig } from '#lib/config/own-config.ts';
import { isEmpty } from '#lib/config/parse-config.ts';
import type { SiteFile } from '#lib/config/site-file.ts';
import { deadline } from '#lib/core/deadline.ts';
import { LineError, asLineError, type FaultFacts } from '#lib/core/errors.ts';
import { ownName } from '#lib/core/own-name.ts';
import type { Clock } from '#lib/core/ports.ts';
import { readLimited } from './read-limited.ts';

export interface ConfigFileDeps {
	readonly clock: Clock;
	/** Where the app lives, with a slash at the end; config.json stands there. */
	readonly base: string;
	readonly fetch: typeof fetch;
	/** Undefined, or throwing, where the browser refuses storage. */
	readonly storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
}

const MOST_BYTES = 256 * 1024;
const GIVE_UP_MS = 10_000;

/**
 * Reads config.json; never rejects. No file, or an empty one, is a phone that nobody has set up. A file that does not
 * arrive, or that is not JSON, gives way to the last one that was good, and its error says why; so does no file where
 * there was a kiosk.
 */
export async function readConfigFile(deps: ConfigFileDeps): Promise<SiteFile> {
	const kept = new KeptConfig(deps);
	try {
		const file = await fetchConfig(deps);
		// What a deployment forgets for a moment must not make a phone of a kiosk.
		if (typeof file === 'number' && kept.read()?.['kiosk']) throw unreachable({ status: file });
		const raw = typeof file === 'number' || file.trim() === '' ? {} : parse(file);
		if (isEmpty(raw)) {
			kept.drop();
			return { source: 'none' };
		}
		kept.keep(raw);
		return { raw, source: 'file' };
	} catch (cause) {
		const error = asLineError(cause, 'config.unreachable');
		const last = kept.read();
		return last === undefined ? { source: 'none', error } : { raw: last, source: 'last-good', error };
	}
}

/** The text of the file; the status when there is none. */
async function fetchConfig({ clock, base, fetch }: ConfigFileDeps): Promise<string | number> {
	const url = new URL('config.json', base);
	const controller = new AbortController();
	const late = () => new LineError('config.unreachable', { facts: { seconds: GIVE_UP_MS / 1000 } });
	const read = async (): Promise<string | number> => {
		const response = await fetch(url, {
			cache: 'no-cache',
			credentials: 'same-origin',
			referrerPolicy: 'no-referrer',
			signal: controller.signal
		});
		if (new URL(response.url || url).origin !== url.origin) throw unreachable({ redirected: 'true' });
		if (response.status === 404 || response.status === 410) return response.status;
		if (!response.ok) throw unreachable({ status: response.status });
		const body = await readLimited(response, MOST_BYTES);
		if (body !== 'too-large') return body.text;
		throw new LineError('config.invalid', { facts: { limitKiB: MOST_BYTES / 1024 } });
	};
	try {
		return await deadline(read(), GIVE_UP_MS, late, clock);
	} finally {
		controller.abort();
	}
}

const unreachable = (facts: FaultFacts) => new LineError('config.unreachable', { facts });

function parse(text: string): WrittenConfig {
	const place = jsonErrorPlace(text);
	if (place) throw new LineError('config.not-json', { facts: { line: place.line, column: place.column } });
	const raw: unknown = JSON.parse(text);
	if (isWritten(raw)) return raw;
	throw new LineError('config.invalid', { facts: { path: '', allowed: '{…}' } });
}

/** The last good copy, in storage of this address only: two phones may live on one origin. */
class KeptConfig {
	readonly #storage: ConfigFileDeps['storage'];
	readonly #key: string;

	constructor({ base, storage }: ConfigFileDeps) {
		this.#storage = storage;
		this.#key = ownName(new URL(base).pathname, 'config');
	}

	keep(raw: unknown): void {
		this.#attempt((storage) => storage.setItem(this.#key, keepable(raw)));
	}

	drop(): void {
		this.#attempt((storage) => storage.removeItem(this.#key));
	}

	read(): WrittenConfig | undefined {
		const text = this.#attempt((storage) => storage.getItem(this.#key));
		if (text === undefined || text === null || jsonErrorPlace(text)) return undefined;
		const raw: unknown = JSON.parse(text);
		return isWritten(raw) ? raw : undefined;
	}

	/** Storage can be full, refused or gone, a config too deep to be written: the phone works without a copy. */
	#attempt<T>(act: (storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) => T): T | undefined {
		try {
			const storage = this.#storage();
			return storage ? act(storage) : undefined;
		} catch {
			return undefined;
		}
	}
}
