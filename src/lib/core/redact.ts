/** Longer texts are cut before they are looked at: nothing that is logged or reported is worth more. */
const LONGEST = 65_536;
/** A marker can complete a new pattern with its neighbours; it never takes more than a few rounds until none is left. */
const MOST_ROUNDS = 12;
/** Encodings inside encodings. */
const DEEPEST = 3;

type Rule = readonly [pattern: RegExp, replace: (found: string, ...groups: (string | undefined)[]) => string];

/** Twilio's name of a call says nothing to a stranger and everything to the support: it stays. */
const CALL_NAME = /(?<![\w+/-])(CA[0-9a-f]{32})(?![\w+/-])/;

/** What would be torn apart if its pieces were decoded. Every replacement is a word in square brackets. */
const WHOLE: readonly Rule[] = [
	[/-----BEGIN [A-Z ]*-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/g, () => '[key]'],
	// A JWT, also one that was wrapped over several lines, or cut, or glued to something.
	[/(?<![\w+/-])[\w+/-]*?eyJ[\w-]{6,}(?:[.\w=-]|(?:\r?\n|\\n)[ \t]*(?=[\w.-]{2}))*/g, () => '[token]'],
	[
		/(?<!\w)(bearer|basic|digest)(\s+|%20|\+)(?!\[)[^\s"',;<>[\]]{6,}/gi,
		(_all, scheme) => `${scheme} [token]`
	]
];

/** Also Arabic, Persian, Indian and full-width ones. */
const DIGIT = '[\\d\\u0660-\\u0669\\u06f0-\\u06f9\\u0966-\\u096f\\uff10-\\uff19]';
const EACH_DIGIT = new RegExp(DIGIT, 'g');

/** In this order: what contains other shapes first. */
const RULES: readonly Rule[] = [
	// name=value and "name": "value", for names that say what they hold.
	[
		/((?:pass(?:word|wd|phrase)|secret|authorization|api[_-]?key|credential|private[_-]?key|auth[_-]?token|access[_-]?token|participant[_-]?token|cookie)\w{0,20}["']?\s*[:=]\s*)("[^"[]+"|'[^'[]+'|(?!["'[\s])[^\s"'&,;[\]]+)/gi,
		(_all, name) => `${name}[secret]`
	],
	[
		/((?<![\w-])(?:token|jwt|key|sig|signature)["']?\s*[:=]\s*["']?)((?=[^\s"'&,;]{0,200}\d)[^\s"'&,;[\]]{8,})/gi,
		(_all, name) => `${name}[secret]`
	],
	[/(?<![A-Za-z0-9])([A-Z]{2})[0-9a-f]{32}(?![0-9a-f])/g, (_all, kind) => `[${kind}]`],
	[
		/(?<![A-Za-z0-9])(?:API(?=\w*\d)[A-Za-z0-9]{9,}|AKIA[A-Z0-9]{12,}|(?:sk|pk|rk|ghp|gho|ghs|xox[a-z])[-_][\w-]{12,})/g,
		() => '[key]'
	],
	[
		/[^\s@<>"'`:;,()[\]{}/=?&|\\]{1,128}@(?:\[[\da-f:.]+\]|[\p{L}\d](?:[\p{L}\d.-]*[\p{L}\d])?)(?::\d{1,5})?/giu,
		() => '[address]'
	],
	[
		/(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{8}([0-9a-f]{4})(?![\w-])/gi,
		(_all, tail) => `[id ${tail}]`
	],
	[
		/(?<![\w:.])(?:[0-9a-f]{0,4}:){2,15}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4})(?![\w:])/gi,
		(found) => (isIpv6(found) ? '[ip]' : found)
	],
	[
		/(?<![\d.])(\d{1,3})(?:\.|%2e)(\d{1,3})(?:\.|%2e)(\d{1,3})(?:\.|%2e)(\d{1,3})(?![\d.]*\d)/gi,
		(found, a, b, c, d) =>
			[a, b, c, d].every((part) => Number(part) < 256) && !isVersion(found) ? '[ip]' : found
	],
	[/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}={0,2}/g, (found) => (isRandom(found) ? '[secret]' : found)],
	[
		// With the dashes and invisible marks that come along when a number is copied from a page.
		new RegExp(
			`\\+?${DIGIT}(?:[\\s().\\-/\\u00b7\\u2010-\\u2015\\u2212\\u200b-\\u200f\\u2060]{0,3}${DIGIT}){6,}`,
			'g'
		),
		(found) => (isHarmlessNumber(found) ? found : `[…${(found.match(EACH_DIGIT) ?? []).slice(-2).join('')}]`)
	]
];

/**
 * The text without what must not leave the page: tokens, keys, bearers, phone numbers (all but the last two digits), IP,
 * mail and SIP addresses, long random strings; also when wrapped over lines, percent-encoded or in base64. It takes too
 * much rather than too little. Redacting twice changes nothing more. Dates, versions and Twilio's call names stay.
 */
export function redact(text: string): string {
	return settle(text.length > LONGEST ? `${text.slice(0, LONGEST)}[cut]` : text, 0);
}

function settle(text: string, depth: number): string {
	let before = text;
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const after = once(before, depth);
		if (after === before) return after;
		before = after;
	}
	return before;
}

function once(text: string, depth: number): string {
	return text
		.split(CALL_NAME)
		.map((part, at) => {
			if (at % 2 === 1) return part;
			const whole = replaced(part, WHOLE);
			return replaced(depth < DEEPEST ? insideEncodings(whole, depth) : whole, RULES);
		})
		.join('');
}

function replaced(text: string, rules: readonly Rule[]): string {
	return rules.reduce((redacted, [pattern, replace]) => redacted.replace(pattern, replace), text);
}

/** What is percent-encoded or in base64 is decoded, looked at, and replaced only if there is something to hide. */
function insideEncodings(text: string, depth: number): string {
	return text
		.replace(
			/(?<![\w.~+!*'()%-])(?:[\w.~+!*'()-]|%[0-9a-f]{2})*%[0-9a-f]{2}(?:[\w.~+!*'()-]|%[0-9a-f]{2})*/gi,
			(found) => {
				const decoded = percentDecoded(found);
				const clean = settle(decoded, depth + 1);
				return clean === decoded ? found : clean;
			}
		)
		.replace(/(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{12,}={0,2}/g, (found) => {
			const decoded = base64Decoded(found);
			return decoded === undefined || settle(decoded, depth + 1) === decoded ? found : '[secret]';
		});
}

function percentDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Undefined for what is no base64 of readable text. */
function base64Decoded(text: string): string | undefined {
	try {
		const decoded = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
		return /^[\t\n\r\x20-\x7e]+$/.test(decoded) ? decoded : undefined;
	} catch {
		return undefined;
	}
}

/** '12:34:56' is a time, '::' is an operator; five groups or a gap between groups is an address (or a fingerprint). */
function isIpv6(text: string): boolean {
	const groups = text.split(':').filter((group) => group !== '').length;
	return groups >= 5 || (text.includes('::') && groups >= 1 && /\d/.test(text));
}

/** Browsers write their version as 141.0.0.0. No host ends so. */
const isVersion = (text: string): boolean => /^\d+\.0\.0\.0$/.test(text);

/**
 * Random text changes between small letters, capitals and digits all the time, names and paths seldom: in random base62
 * more than half of all neighbours differ in class, in camelCase words about every sixth.
 */
function isRandom(text: string): boolean {
	if (/^[0-9a-f]{24,}$/i.test(text)) return /\d/.test(text);
	if (text.length < 20) return false;
	let changes = 0;
	for (let at = 1; at < text.length; at++) if (classOf(text, at) !== classOf(text, at - 1)) changes++;
	return changes / text.length > (/\d/.test(text) ? 0.28 : 0.4);
}

function classOf(text: string, at: number): 'digit' | 'capital' | 'small' | 'sign' {
	const char = text.charAt(at);
	if (char >= '0' && char <= '9') return 'digit';
	if (char >= 'A' && char <= 'Z') return 'capital';
	return char >= 'a' && char <= 'z' ? 'small' : 'sign';
}

/** Dates, and fractions with few digits behind the point. */
function isHarmlessNumber(text: string): boolean {
	return /^\d{4}-[01]\d-[0-3]\d(?:\s\d{1,2})?$|^0\.\d+$|^\d+\.\d{1,2}$/.test(text);
}
