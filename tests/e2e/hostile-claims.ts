/** What a token can say that is no claim of anybody's: JSON as it stands in the payload, and how many rows it makes. */
export const STRANGE_CLAIMS: Readonly<Record<string, readonly [payload: string, rows: number]>> = {
	'two claims of one path': ['{"a.b":1,"a":{"b":2}}', 2],
	'a claim in the name of the header': ['{"header":{"alg":"none"},"header.alg":"none"}', 2],
	'names without letters': ['{"":"x"," ":{"":"y","":"z"},".":1,"..":{".":2}}', 4],
	'an end after the end of time': ['{"exp":1e300,"iat":8640000000001}', 2],
	'an end without an end': ['{"exp":1e400,"nbf":-1e400}', 2],
	'a beginning before all time': ['{"exp":9e9,"iat":-1e300,"nbf":-8640000000001}', 3],
	'times that are none': ['{"exp":"soon","iat":[1],"nbf":{"at":null}}', 3],
	'grants of every kind': ['{"grants":[null,7,"x",{"voice":[]}],"video":null,"roomConfig":{"agents":7}}', 6],
	'keys of every object': [
		'{"__proto__":{"pwned":1},"constructor":{"prototype":{"pwned":1}},"toString":"x","length":-1}',
		4
	],
	'a thousand storeys': [`{"deep":${'['.repeat(1_000)}1${']'.repeat(1_000)}}`, 1],
	'a thousand claims': [
		`{${Array.from({ length: 1_000 }, (_, at) => `"c${String(at)}":${String(at)}`).join(',')}}`,
		1_000
	]
};

const part = (text: string): string => Buffer.from(text).toString('base64url');

/** A token that nobody has signed. */
export const unsigned = (payload: string, header: object = { alg: 'HS256', typ: 'JWT' }): string =>
	`${part(JSON.stringify(header))}.${part(payload)}.c2ln`;
