import { addressKey, type Address } from './address.ts';
import { countryOf, EMERGENCY_ANYWHERE } from './countries.ts';

/** Globs: `*` is any text, `?` any one character, `\` takes the next one as it is. Matched against addressKey(). */
export interface DiallingRules {
	/** ISO 3166 code of two letters. */
	readonly country?: string;
	/** Absent: everything. */
	readonly allow?: readonly string[];
	/** Absent: {@link CONFIRM}. Replaces it. */
	readonly confirm?: readonly string[];
	/** Absent: the country's own numbers. */
	readonly emergency?: readonly string[];
}

export type ConfirmBecause =
	'premium' | 'satellite' | 'international-network' | 'service-code' | 'two-stage' | 'listed';

export type Verdict =
	| { readonly verdict: 'dial' }
	| { readonly verdict: 'refuse'; readonly because: 'emergency' | 'not-allowed' }
	/** `rule` is the glob that matched, '' for `two-stage`. */
	| { readonly verdict: 'confirm'; readonly because: ConfirmBecause; readonly rule: string };

/**
 * What is asked about before it is dialled. Country codes: ITU-T E.164 list of assigned codes (870 Inmarsat, 881 global
 * mobile satellite, 882 and 883 international networks, 878 personal numbers, 979 international premium rate). Premium
 * ranges: NANPA (900, 976), Ofcom (09, 070, 0871-0873), Bundesnetzagentur ((0)900, (0)190, (0)137), ARCEP (089), CNMC
 * (80[367], 905, 907), AGCOM (89x), BAKOM (090x), RTR (090x, 093x), ACMA (190x). Caribbean codes of the +1 plan that
 * are the usual target of call-back fraud: FCC consumer guide "One ring phone scam".
 */
export const CONFIRM: Readonly<Record<Exclude<ConfirmBecause, 'two-stage' | 'listed'>, readonly string[]>> = {
	premium: [
		...[
			'+1900*',
			'+1976*',
			'+1???976*',
			'+449*',
			'+4470*',
			'+44871*',
			'+44872*',
			'+44873*',
			'+49900*',
			'+49190*',
			'+49137*',
			'+3389*'
		],
		...[
			'+34803*',
			'+34806*',
			'+34807*',
			'+34905*',
			'+34907*',
			'+3989*',
			'+4190*',
			'+4390*',
			'+4393*',
			'+61190*'
		],
		...[
			'+1232*',
			'+1268*',
			'+1284*',
			'+1473*',
			'+1649*',
			'+1664*',
			'+1767*',
			'+1809*',
			'+1829*',
			'+1849*',
			'+1876*'
		],
		...['+979*', '0900*', '0190*', '1900*']
	],
	satellite: ['+870*', '+881*'],
	'international-network': ['+878*', '+882*', '+883*'],
	'service-code': ['\\**', '#*']
};

/** As long as a number of its own: the address before it only opens the way. */
const TWO_STAGE_DIGITS = 7;

/**
 * Emergency numbers are refused (a browser must not pretend to reach help), then what `allow` does not name, then
 * `confirm` is asked about. Pure.
 *
 * @param digits what would be sent after the answer, as Call.sendDigits takes it
 */
export function judgeDialling(to: Address, rules: DiallingRules, digits = ''): Verdict {
	if (isEmergency(to, rules) || isEmergency({ kind: 'code', value: digits.replaceAll('w', '') }, rules)) {
		return { verdict: 'refuse', because: 'emergency' };
	}
	const key = addressKey(to);
	if (rules.allow && !rules.allow.some((glob) => matchesGlob(key, glob))) {
		return { verdict: 'refuse', because: 'not-allowed' };
	}
	for (const [because, globs] of confirmLists(rules)) {
		const rule = globs.find((glob) => matchesGlob(key, glob));
		if (rule !== undefined) return { verdict: 'confirm', because, rule };
	}
	if (digits.replaceAll('w', '').length >= TWO_STAGE_DIGITS) {
		return { verdict: 'confirm', because: 'two-stage', rule: '' };
	}
	return { verdict: 'dial' };
}

function confirmLists({ confirm }: DiallingRules): (readonly [ConfirmBecause, readonly string[]])[] {
	if (confirm) return [['listed', confirm]];
	return [
		['premium', CONFIRM.premium],
		['satellite', CONFIRM.satellite],
		['international-network', CONFIRM['international-network']],
		['service-code', CONFIRM['service-code']]
	];
}

function isEmergency(to: Address, rules: DiallingRules): boolean {
	if (to.kind !== 'number' && to.kind !== 'code') return false;
	const country = countryOf(rules.country);
	const numbers = rules.emergency ?? country?.emergency ?? EMERGENCY_ANYWHERE;
	return numbers.some(
		(number) =>
			to.value === number ||
			to.value === `+${number}` ||
			(country !== undefined && to.value === `+${country.code}${number}`)
	);
}

/** `text` as {@link addressKey} writes it. Without regular expressions, so that no glob of a config file can make the match slow. */
export function matchesGlob(text: string, glob: string): boolean {
	const parts = globParts(glob);
	let at = 0;
	let part = 0;
	let star = -1;
	let retry = 0;
	while (at < text.length) {
		const wanted = parts[part];
		if (wanted === ANY) {
			star = part++;
			retry = at;
		} else if (wanted !== undefined && (wanted === ONE || wanted === text[at])) {
			part++;
			at++;
		} else if (star >= 0) {
			part = star + 1;
			at = ++retry;
		} else return false;
	}
	while (parts[part] === ANY) part++;
	return part === parts.length;
}

const ANY = 'any';
const ONE = 'one';

function globParts(glob: string): string[] {
	const parts: string[] = [];
	for (let at = 0; at < glob.length; at++) {
		const char = glob.charAt(at);
		if (char === '*') parts.push(ANY);
		else if (char === '?') parts.push(ONE);
		else if (char === '\\' && at + 1 < glob.length) parts.push(glob.charAt(++at));
		else parts.push(char);
	}
	return parts;
}
