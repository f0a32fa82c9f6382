/** What dialling needs to know of a country. */
export interface Country {
	/** Its calling code, without plus. */
	readonly code: string;
	/** What is dialled before a national number inside the country, and not from outside; '' where there is no such digit. */
	readonly trunk: string;
	/** What is dialled inside the country instead of the plus, besides 00. */
	readonly out: string;
	readonly emergency: readonly string[];
}

/** Where the country is not known: the numbers that mobile networks everywhere treat as emergency calls, and the British one. */
export const EMERGENCY_ANYWHERE: readonly string[] = ['112', '911', '999'];

/**
 * Calling code, trunk prefix, international prefix, emergency numbers. Sources: ITU-T Operational Bulletin 994 (dialling
 * procedures), ITU-T E.164 list of assigned codes, ITU-T E.161.1 and the EU's list of national emergency numbers.
 * Numbers that are not for emergencies elsewhere (116 xxx, 1177) stay out.
 */
const COUNTRIES: Readonly<Record<string, string>> = {
	AE: '971 0 00 112,997,998,999',
	AR: '54 0 00 101,100,107,911,112',
	AT: '43 0 00 112,122,133,144,140,141',
	AU: '61 0 0011 000,112,106',
	BE: '32 0 00 112,100,101',
	BG: '359 0 00 112',
	BR: '55 0 00 190,192,193,911,112',
	CA: '1 1 011 911,112',
	CH: '41 0 00 112,117,118,144,1414',
	CL: '56 - 00 131,132,133,911,112',
	CN: '86 0 00 110,119,120,122,112',
	CO: '57 - 00 123,112,911',
	CZ: '420 - 00 112,150,155,156,158',
	DE: '49 0 00 112,110',
	DK: '45 - 00 112',
	EE: '372 - 00 112',
	EG: '20 0 00 122,123,180,112',
	ES: '34 - 00 112,061,062,080,085,091,092',
	FI: '358 0 00 112',
	FR: '33 0 00 112,15,17,18,114,115,119,196,191',
	GB: '44 0 00 999,112',
	GR: '30 - 00 112,100,108,166,199',
	HK: '852 - 001 999,112,992',
	HR: '385 0 00 112,192,193,194',
	HU: '36 06 00 112,104,105,107',
	ID: '62 0 001 112,110,113,118,119',
	IE: '353 0 00 112,999',
	IL: '972 0 00 100,101,102,112,911',
	IN: '91 0 00 112,100,101,102,108',
	IS: '354 - 00 112',
	IT: '39 - 00 112,113,115,118',
	JP: '81 0 010 110,118,119',
	KE: '254 0 000 999,112,911',
	KR: '82 0 001 112,119',
	LT: '370 0 00 112',
	LU: '352 - 00 112,113',
	LV: '371 - 00 112',
	MA: '212 0 00 15,19,112,177',
	MT: '356 - 00 112',
	MX: '52 - 00 911,112',
	MY: '60 0 00 999,112,994',
	NG: '234 0 009 112,199',
	NL: '31 0 00 112',
	NO: '47 - 00 112,110,113',
	NZ: '64 0 00 111,112',
	PE: '51 0 00 105,106,116,911',
	PH: '63 0 00 911,112',
	PK: '92 0 00 15,16,115,112,1122',
	PL: '48 - 00 112,997,998,999',
	PT: '351 - 00 112',
	RO: '40 0 00 112',
	RU: '7 8 810 112,101,102,103,104',
	SA: '966 0 00 911,112,997,998,999',
	SE: '46 0 00 112',
	SG: '65 - 001 995,999,112',
	SI: '386 0 00 112,113',
	SK: '421 0 00 112,150,155,158',
	TH: '66 0 001 191,199,1669,112',
	TR: '90 0 00 112,110,155,156',
	TW: '886 0 002 110,119,112',
	UA: '380 0 00 112,101,102,103',
	US: '1 1 011 911,112',
	VN: '84 0 00 113,114,115,112',
	ZA: '27 0 00 112,10111,10177'
};

/** Undefined for a country that is not in the table; it then has neither trunk digit nor calling code here. */
export function countryOf(code: string | undefined): Country | undefined {
	const name = code?.toUpperCase() ?? '';
	const row = Object.hasOwn(COUNTRIES, name) ? COUNTRIES[name]?.split(' ') : undefined;
	if (!row) return undefined;
	const [calling = '', trunk = '', out = '', emergency = ''] = row;
	return { code: calling, trunk: trunk === '-' ? '' : trunk, out, emergency: emergency.split(',') };
}
