import { isWritten, type WrittenConfig } from './own-config.ts';
import { resolveUrl } from './url-rule.ts';

/** To whom a line or a probe speaks. Hosts as the network knows them: foreign letters in punycode. */
export interface Hosts {
	/** '' where there is none. */
	readonly token: string;
	readonly server: string;
}

export interface EntryChange {
	readonly what: 'line' | 'probe';
	readonly id: string;
	/** Foreign text. */
	readonly label: string;
	readonly how: 'same' | 'new' | 'gone' | 'changed';
	/** Absent: it is new. */
	readonly before?: Hosts;
	/** Absent: it goes. */
	readonly after?: Hosts;
}

/** Sections besides, with their values where these are a single word: foreign text. */
export interface SectionChange {
	readonly section: 'name' | 'theme' | 'language' | 'dialling' | 'history';
	readonly before: string;
	readonly after: string;
}

export interface ConfigChanges {
	readonly entries: readonly EntryChange[];
	readonly sections: readonly SectionChange[];
	/** Nothing would be another than it is. */
	readonly none: boolean;
}

/** What is another in `after`. `base` is what relative addresses are relative to. */
export function configChanges(before: WrittenConfig, after: WrittenConfig, base: string): ConfigChanges {
	const entries = [
		...entryChanges('line', before['lines'], after['lines'], base),
		...entryChanges('probe', before['probes'], after['probes'], base)
	];
	const sections = (['name', 'theme', 'language', 'dialling', 'history'] as const)
		.filter((section) => !isEqual(before[section], after[section]))
		.map((section) => ({ section, before: shown(before[section]), after: shown(after[section]) }));
	return { entries, sections, none: sections.length === 0 && entries.every(({ how }) => how === 'same') };
}

function entryChanges(
	what: EntryChange['what'],
	before: unknown,
	after: unknown,
	base: string
): readonly EntryChange[] {
	const old = entriesOf(before);
	const fresh = entriesOf(after);
	const ids = [...new Set([...fresh.keys(), ...old.keys()])];
	return ids.map((id) => {
		const was = old.get(id);
		const will = fresh.get(id);
		const label = text((will ?? was)?.['label']) || id;
		return {
			...{ what, id, label },
			how: !was ? 'new' : !will ? 'gone' : isEqual(was, will) ? 'same' : 'changed',
			...(was ? { before: hostsOf(was, base) } : {}),
			...(will ? { after: hostsOf(will, base) } : {})
		};
	});
}

function entriesOf(list: unknown): ReadonlyMap<string, WrittenConfig> {
	const entries = (Array.isArray(list) ? list : []).filter((entry) => isWritten(entry));
	return new Map(entries.map((entry) => [text(entry['id']), entry]));
}

/** Every address of an entry is one of these, whatever its kind. */
function hostsOf(entry: WrittenConfig, base: string): Hosts {
	const token = entry['token'];
	const url = isWritten(token) ? text(token['url']) : '';
	const servers = [entry['gateway'], entry['serverUrl'], entry['url'], ...listOf(entry['alternatives'])]
		.map((one) => hostOf(text(one)))
		.filter((host) => host !== '');
	const atVendor = entry['kind'] === 'twilio' && servers.length === 0 ? ['twilio.com'] : servers;
	return {
		token: url === '' ? '' : (resolveUrl(url, base)?.host ?? url.slice(0, 100)),
		server: [...new Set(atVendor)].join(', ')
	};
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

function hostOf(written: string): string {
	if (written === '') return '';
	const url = written.includes('://') ? written : `wss://${written}`;
	return URL.canParse(url) ? new URL(url).host : written.slice(0, 100);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A single word as it is; what has parts is not spread out. */
function shown(value: unknown): string {
	return typeof value === 'string' ? value.slice(0, 100) : value === undefined ? '' : '…';
}

/** Equal as JSON, in whatever order the keys stand. */
function isEqual(one: unknown, other: unknown): boolean {
	if (Array.isArray(one) && Array.isArray(other))
		return one.length === other.length && one.every((value, at) => isEqual(value, other[at]));
	if (!isWritten(one) || !isWritten(other)) return Object.is(one, other);
	const keys = Object.keys(one);
	return (
		keys.length === Object.keys(other).length &&
		keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]))
	);
}
