/** One thing that outlives the page, as JSON under one name. Never throws: without storage it lasts as long as the page. */
export interface KeptValue {
	/** Undefined for what is not there, or is no JSON. */
	read(): unknown;
	/** Undefined deletes it. False when storage refuses. */
	write(value: unknown): boolean;
}

/** @param key carries the base path */
export function keptValue(key: string, storage: () => Storage): KeptValue {
	return {
		read() {
			try {
				const stored: unknown = JSON.parse(storage().getItem(key) ?? 'null');
				return stored ?? undefined;
			} catch {
				return undefined;
			}
		},
		write(value) {
			try {
				if (value === undefined) storage().removeItem(key);
				else storage().setItem(key, JSON.stringify(value));
				return true;
			} catch {
				return false;
			}
		}
	};
}
