/** What is wrong with a place in config.json. Words come later; `code` and `facts` are for them. */
export interface Problem {
	/** 'lines[0].token.url'; '' for the whole file. */
	readonly path: string;
	readonly severity: 'error' | 'warning';
	readonly code:
		| 'unknown-key'
		| 'wrong-type'
		| 'wrong-value'
		| 'missing'
		| 'duplicate-id'
		| 'server-secret'
		| 'unknown-kind'
		| 'site-only';
	/** What is allowed there, or what was found, never a secret's value. */
	readonly facts: Readonly<Record<string, string>>;
}
