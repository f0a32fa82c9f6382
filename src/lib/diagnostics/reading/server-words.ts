import type { ServerWord } from '../types.ts';

/** What a server's own text is about, whoever has written it. */
export type Topic =
	| 'expired'
	| 'not-yet-valid'
	| 'unknown-key'
	| 'signature'
	| 'no-permission'
	| 'token'
	| 'agent'
	| 'room-missing'
	| 'overload'
	| 'rate'
	| 'origin'
	| 'address'
	| 'identity'
	| 'account';

/** In this order: what says more comes first. */
const PATTERNS: readonly (readonly [Topic, RegExp])[] = [
	['not-yet-valid', /\(nbf\)|not (?:yet )?valid yet|not yet valid|before claim/i],
	['expired', /\bexpired\b|\(exp\)|session (?:has )?ended/i],
	['unknown-key', /(?:invalid|unknown|unrecogni[sz]ed|no such) api[ _-]?key/i],
	['signature', /signature|cryptographic|jwsverif|hmac/i],
	[
		'no-permission',
		/permissions? denied|not permitted|insufficient (?:grant|permission|scope)|missing grant/i
	],
	['origin', /\borigin\b|not allowed from|\bcors\b/i],
	['room-missing', /room does not exist|no such room/i],
	['agent', /\b(?:agent|assistant|bot)(?:id|_id)?\b/i],
	['identity', /identity cannot|no identity|invalid (?:client )?(?:identity|name)/i],
	['account', /account|suspended|billing|quota exceeded|payment/i],
	['rate', /too many|rate.?limit|throttl/i],
	[
		'overload',
		/overload|limit exceeded|capacity|try again later|unavailable|restart|shutting down|going away/i
	],
	[
		'token',
		/\btoken\b|\bjwt\b|unauthori[sz]ed|unauthenticated|authenticat|authori[sz]ation|forbidden|credential|access denied/i
	],
	['address', /\b(?:url|uri|address|query|path)\b/i]
];

export const topicOf = (text: string | undefined): Topic | undefined =>
	text === undefined ? undefined : PATTERNS.find(([, pattern]) => pattern.test(text))?.[0];

/** The server's own words, as a fact to quote; '' when it gave none. */
export function quoted(words: readonly ServerWord[]): string {
	const [word] = words;
	if (!word) return '';
	return [word.code, word.text].filter((part) => part !== undefined && part !== '').join(' ');
}
