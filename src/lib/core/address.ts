import { countryOf, type Country } from './countries.ts';
import { LineError } from './errors.ts';
import type { Abilities } from './line.ts';
import { cleanText, lettersToDigits, withoutSeparators } from './pasted-text.ts';
import { err, ok, type Result } from './result.ts';

/** What people dial, normalised. `value` carries no prefix: '+15550100', 'alice', 'bob@example.com', '1', 'room-7'. */
export type Address =
	/** E.164 with its plus; without plus only where the country does not tell which number is meant. */
	| { readonly kind: 'number'; readonly value: string }
	| { readonly kind: 'client'; readonly value: string }
	| { readonly kind: 'sip'; readonly value: string }
	| { readonly kind: 'room'; readonly value: string }
	/** A short code, meaningful on its own line only: '1', '*97', '911'. */
	| { readonly kind: 'code'; readonly value: string };

/** What someone has typed or pasted. */
export interface TypedAddress {
	readonly address: Address;
	/** To be sent after the answer, as Call.sendDigits takes it; '' for none. A comma is a pause of 2 s. */
	readonly digits: string;
}

/** Short codes in use have six digits at most; longer ones are numbers. */
const LONGEST_CODE = 6;
/** ITU-T E.164, 6.2.1. */
const LONGEST_NUMBER = 15;
const LONGEST_TEXT = 512;
/** Twilio's limit for a client's identity. */
const LONGEST_NAME = 121;
const LONGEST_SERVICE_CODE = 40;
const LONGEST_TAIL = 128;
const COMMA = 'wwww';

/** The address as the history, the dialling rules and scripts write it: '+15550100', 'client:alice', 'sip:…', 'room:…', '1'. */
export function addressKey({ kind, value }: Address): string {
	return kind === 'number' || kind === 'code' ? value : `${kind}:${value}`;
}

/** The way back from {@link addressKey}; undefined for an empty text. */
export function parseKey(key: string): Address | undefined {
	for (const kind of ['client', 'sip', 'room'] as const) {
		if (key.startsWith(`${kind}:`) && key.length > kind.length + 1)
			return { kind, value: key.slice(kind.length + 1) };
	}
	return key === '' ? undefined : { kind: isNumber(key) ? 'number' : 'code', value: key };
}

const isNumber = (text: string): boolean =>
	text.startsWith('+') || (/^\d+$/.test(text) && text.length > LONGEST_CODE);

/** For people, without prefix. Numbers of the +1 plan are grouped; the others stand as they are. */
export function formatAddress({ kind, value }: Address): string {
	const nanp = kind === 'number' ? /^\+1(\d{3})(\d{3})(\d{4})$/.exec(value) : null;
	return nanp ? `+1 ${nanp[1]} ${nanp[2]} ${nanp[3]}` : value;
}

/**
 * Reads what people type or paste, for a line that dials the kinds `can.dials`: numbers in any writing ('(555) 010-0100',
 * '1-800-FLOWERS', '+44 (0)20 …', other scripts' digits, '00' and the country's own way to say plus), `tel:`, `sip:`,
 * `client:` and `room:` addresses, extensions (';ext=', 'x12', ',,12#').
 *
 * Fails with `address.empty`, `address.invalid` or `address.unsupported`. Short codes always pass, whatever the line
 * dials, so that the rule about emergency numbers can speak first (Phone.dial refuses what its line cannot dial). Of a
 * SIP address only user and host are kept: a pasted link must not add headers.
 *
 * @param country ISO 3166 code; without it national numbers stay as they are
 */
export function parseAddress(
	typed: string,
	can: Pick<Abilities, 'dials'>,
	country?: string
): Result<TypedAddress, LineError> {
	if (typed.length > LONGEST_TEXT) return err(new LineError('address.invalid'));
	const text = cleanText(typed);
	if (text === '') return err(new LineError('address.empty'));
	const [, prefix = '', rest = ''] = /^(?:(tel|callto|sips?|client|room):)?(?:\/\/)*(.*)$/is.exec(text) ?? [];
	const dials = (kind: Address['kind']) => can.dials.includes(kind);
	switch (prefix.toLowerCase()) {
		case 'tel':
		case 'callto':
			return readNumber(rest, countryOf(country));
		case 'client':
			return dials('client') ? readName('client', rest) : unsupported('client');
		case 'room':
			return dials('room') ? readName('room', rest) : unsupported('room');
		case 'sip':
		case 'sips':
			return dials('sip') ? readSip(rest) : unsupported('sip');
	}
	const names = can.dials.filter((kind) => kind === 'client' || kind === 'room');
	if (/^[^@\s]+@[^@\s]+$/.test(text) && dials('sip')) return readSip(text);
	if (looksLikeNumber(text) && (dials('number') || dials('code') || names.length === 0)) {
		return readNumber(text, countryOf(country));
	}
	return names[0] ? readName(names[0], rest) : err(new LineError('address.invalid'));
}

/** What follows a number: parameters of a tel: address, an extension, or pauses and keys. */
const TAIL =
	/(?:;(?<params>.*)|(?<![a-z])(?:ext\.?|x)\s*(?<extension>\d{1,9})|(?<keys>[,pw][\d,pw*#\s-]*))$/i;

/** Digits and what may stand between and after them; with letters only what is as long as a whole number: '1-800-FLOWERS'. */
function looksLikeNumber(text: string): boolean {
	const head = text.replace(TAIL, '');
	if (!/^[+*#(\d]/.test(head) || /[@_]/.test(head)) return false;
	return (
		!/\p{L}/u.test(head) ||
		(/^\+?\d{3}/.test(withoutSeparators(head)) && (head.match(/\w/g)?.length ?? 0) >= 10)
	);
}

function readNumber(text: string, country: Country | undefined): Result<TypedAddress, LineError> {
	const invalid = err(new LineError('address.invalid'));
	const { params = '', extension, keys = '' } = TAIL.exec(text)?.groups ?? {};
	const context = /(?:^|;)phone-context=(\+[\d().-]+)/i.exec(params)?.[1] ?? '';
	const digits = readDigits(keys, extension ?? /(?:^|;)ext=([\d().-]+)/i.exec(params)?.[1]);
	const head = `${context}${text.replace(TAIL, '')}`.replace(/^(\+.*?)\(0\)/, '$1');
	const dialled = withoutSeparators(lettersToDigits(head));
	if (digits === undefined || !/^(?:\+\d+|[\d*#]+)$/.test(dialled)) return invalid;
	if (/[*#]/.test(dialled) || (dialled.length <= LONGEST_CODE && !dialled.startsWith('+'))) {
		return dialled.length > LONGEST_SERVICE_CODE
			? invalid
			: ok({ address: { kind: 'code', value: dialled }, digits });
	}
	const value = international(dialled, country);
	const plain = value.startsWith('+') ? value.length >= 4 && value[1] !== '0' : true;
	if (!plain || value.replace('+', '').length > LONGEST_NUMBER) return invalid;
	return ok({ address: { kind: 'number', value }, digits });
}

function readDigits(keys: string, extension: string | undefined): string | undefined {
	if (extension !== undefined) return COMMA + withoutSeparators(extension);
	const digits = withoutSeparators(keys).toLowerCase().replaceAll(/[,p]/g, COMMA);
	return digits.length <= LONGEST_TAIL ? digits : undefined;
}

/** With plus where the country says how its numbers are written. */
function international(digits: string, country: Country | undefined): string {
	if (digits.startsWith('+')) return digits;
	for (const out of [country?.out ?? '00', '00']) {
		if (digits.startsWith(out) && digits.length > out.length + LONGEST_CODE)
			return `+${digits.slice(out.length)}`;
	}
	if (!country) return digits;
	const { code, trunk } = country;
	if (code === '1') {
		const national = digits.replace(/^1(?=\d{10}$)/, '');
		return national.length === 10 ? `+1${national}` : digits;
	}
	if (trunk === '') return `+${code}${digits}`;
	return digits.startsWith(trunk) ? `+${code}${digits.slice(trunk.length)}` : digits;
}

function readSip(text: string): Result<TypedAddress, LineError> {
	const found =
		/^([^\s@:;?<>"]{1,121})(?::[^@]*)?@((?:[\w-]+\.)*[\w-]+|\[[\da-f:.]+\])(:\d{1,5})?(?:[;?].*)?$/i.exec(
			text
		);
	if (!found) return err(new LineError('address.invalid'));
	const [, user = '', host = '', port = ''] = found;
	return ok({ address: { kind: 'sip', value: `${user}@${host.toLowerCase()}${port}` }, digits: '' });
}

function readName(kind: 'client' | 'room', text: string): Result<TypedAddress, LineError> {
	const fits =
		text.length <= LONGEST_NAME && (kind === 'client' ? /^[^\s\p{C}]+$/u : /^[^\p{C}]+$/u).test(text);
	return fits ? ok({ address: { kind, value: text }, digits: '' }) : err(new LineError('address.invalid'));
}

function unsupported(kind: Address['kind']): Result<never, LineError> {
	return err(new LineError('address.unsupported', { facts: { kind } }));
}
