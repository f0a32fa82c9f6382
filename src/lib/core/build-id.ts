/** Which build this is. `commit` is '' where the build does not say. */
export interface BuildName {
	readonly version: string;
	readonly commit: string;
}

/** Reads '1.4.0+abcdef0', as builds are named: version, and commit behind a plus. */
export function buildName(name: string): BuildName {
	const at = name.indexOf('+');
	return at < 0 ? { version: name, commit: '' } : { version: name.slice(0, at), commit: name.slice(at + 1) };
}
