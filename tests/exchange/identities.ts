/** How the exchange treats a phone because of its name. */
export interface Manners {
	/** Cut (1006) at every listen: the socket opens and dies. */
	readonly cut?: boolean;
	/** Closed with this code at every listen. */
	readonly closeCode?: number;
	/** A `close` frame in answer to listen. */
	readonly close?: boolean;
	/** Neither an answer nor a heartbeat. */
	readonly mute?: boolean;
	readonly unready?: boolean;
	/** Error frames with these raw codes. */
	readonly listenError?: number;
	readonly registerError?: number;
}

export const IDENTITIES: Readonly<Record<string, { readonly what: string; readonly manners: Manners }>> = {
	storm: { what: 'Every socket opens and is cut at `listen` (1006)', manners: { cut: true } },
	closed: { what: 'Every socket is closed cleanly at `listen` (1000)', manners: { closeCode: 1000 } },
	dismissed: { what: '`listen` is answered by a `close` frame', manners: { close: true } },
	silent: { what: '`listen` is never answered and no heartbeat comes', manners: { mute: true } },
	unready: { what: '`register` is never answered', manners: { unready: true } },
	refused: { what: '`register` is answered by error 31201', manners: { registerError: 31201 } }
};

const KINDLY: Manners = {};

/** By the identity's first word (up to `_`, `-` or `.`), so that tests can run side by side: `storm`, `storm_7f3a`, `error_31202`. */
export function mannersOf(identity: string | undefined): Manners {
	const [word = '', code] = (identity ?? '').split(/[_.-]/);
	if (word === 'error' && /^\d{5}$/.test(code ?? '')) return { listenError: Number(code) };
	return Object.hasOwn(IDENTITIES, word) ? (IDENTITIES[word]?.manners ?? KINDLY) : KINDLY;
}
