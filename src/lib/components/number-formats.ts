import {
	AsYouType,
	isSupportedCountry,
	parsePhoneNumberFromString,
	type CountryCode
} from 'libphonenumber-js/min';
import { formatAddress, parseKey } from '#lib/core/address.ts';
import type { FormatNumber } from '#lib/state/number-editing.ts';
import type { PrettyNumber } from './party-words.ts';

/**
 * How numbers are written for someone at home in `country` (ISO 3166): national there, international elsewhere.
 * Heavy: its metadata comes in a chunk of its own.
 */
export function numberFormats(country: string): { asYouType: FormatNumber; pretty: PrettyNumber } {
	const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
	return {
		// Short codes have no groups: 911 is not an area code.
		asYouType: (digits) => (/^\d{1,6}$/.test(digits) ? digits : new AsYouType(home).input(digits)),
		pretty: (address) => prettyNumber(address, home)
	};
}

function prettyNumber(address: string, home: CountryCode | undefined): string {
	const number = address.startsWith('+') ? parsePhoneNumberFromString(address) : undefined;
	if (number?.isPossible())
		return number.country === home ? number.formatNational() : number.formatInternational();
	const to = parseKey(address);
	return to ? formatAddress(to) : address;
}
