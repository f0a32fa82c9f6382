/** A token block of config.json with its defaults filled in (contract, section 2). */
export interface TokenSettings {
	/** As written: absolute, or relative to the page. */
	readonly url: string;
	readonly method: 'POST' | 'GET';
	readonly auth: 'none' | 'bearer' | 'cookie';
	readonly headers: Readonly<Record<string, string>>;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: unknown;
	readonly style: 'snake' | 'camel';
	/** Dotted paths into the answer. */
	readonly response: {
		readonly token?: string;
		readonly serverUrl?: string;
		readonly identity?: string;
		readonly error?: string;
	};
}
