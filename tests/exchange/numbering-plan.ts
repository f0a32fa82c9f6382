import { answer, hangUp, refuse, ring, wait, type Caller, type Step } from './script.ts';
import type { PeerOptions } from './media-peer.ts';

/** One number of the exchange. `+1202555 01NN` (a range kept free for fiction), its last three digits, and `client:name`. */
export interface PlannedNumber {
	readonly number: string;
	readonly name: string;
	/** One line for the table in docs/exchange.md. */
	readonly what: string;
	readonly script: readonly Step[];
}

const PREFIX = '+12025550';
const ECHO: PeerOptions = { voice: 'echo' };
const ADA: Caller = {
	from: '+12025550190',
	name: 'Ada Caller',
	params: { ticket: '4711', note: 'two words & more' }
};
const BOB: Caller = { from: 'client:bob', name: 'Bob Caller', params: { ticket: '4712' } };
const callBack = (behaviour: string, caller: Caller = ADA): Step => ({ do: 'call-back', behaviour, caller });
const andCallsBack = (...calls: readonly Step[]): readonly Step[] => [
	ring,
	wait(500),
	hangUp,
	wait(1000),
	...calls
];
const talkThen = (ms: number, ...steps: readonly Step[]): readonly Step[] => [
	ring,
	answer(ECHO),
	wait(ms),
	...steps
];

export const NUMBERING_PLAN: readonly PlannedNumber[] = [
	plan(100, 'echo', 'Answers at once; you hear yourself 300 ms later', [ring, answer(ECHO)]),
	plan(101, 'rings-then-echo', 'Rings 2 s, then echoes', [ring, wait(2000), answer(ECHO)]),
	plan(102, 'busy', 'Rings, then 31486 Busy Here', [ring, refuse(31486, 'Busy Here')]),
	plan(103, 'no-answer', 'Rings 5 s, then hangs up without an error', [ring, wait(5000), hangUp]),
	plan(104, 'unavailable', 'Rings 5 s, then 31480 Temporarily Unavailable', [
		ring,
		wait(5000),
		refuse(31480, 'Temporarily Unavailable')
	]),
	plan(105, 'declined', 'Rings 1 s, then 31603 Decline', [ring, wait(1000), refuse(31603, 'Decline')]),
	plan(106, 'bad-number', '31404 Not Found at once, as every number that is not in this table', [
		refuse(31404, 'Not Found')
	]),
	plan(107, 'ignored', 'The invite is never answered by any frame', []),
	plan(108, 'no-media', 'Answers with no address for media: accepted, never connected', [
		ring,
		answer({ ...ECHO, unreachable: true })
	]),
	plan(109, 'one-way', 'Answers and listens, sends not one packet', [ring, answer({ voice: 'silence' })]),
	plan(110, 'tone-700', 'Answers and sends a 700 Hz tone', [ring, answer({ voice: { hertz: 700 } })]),
	plan(111, 'tone-1100', 'Answers and sends an 1100 Hz tone', [ring, answer({ voice: { hertz: 1100 } })]),
	plan(112, 'hangs-up', 'Echoes, hangs up after 3 s', talkThen(3000, hangUp)),
	plan(113, 'slow', 'Says nothing for 8 s, then answers with echo', [wait(8000), answer(ECHO)]),
	plan(114, 'signalled-digits', 'Echo without telephone-event: digits come as signalling frames', [
		ring,
		answer({ ...ECHO, events: false })
	]),
	plan(115, 'opus', 'Echo in opus (levels are not observed)', [ring, answer({ ...ECHO, codec: 'opus' })]),
	plan(120, 'drops-socket', 'Echoes, cuts the socket after 2 s, takes the call back', [
		...talkThen(2000, { do: 'drop-socket' })
	]),
	plan(121, 'drops-and-refuses', 'As 120, and refuses every new socket for 5 s', [
		...talkThen(2000, { do: 'refuse-sockets', ms: 5000 }, { do: 'drop-socket' })
	]),
	plan(122, 'dies', 'Echoes, cuts the socket after 2 s and has forgotten the call on return', [
		...talkThen(2000, { do: 'drop-socket' }, { do: 'forget' })
	]),
	plan(123, 'media-vanishes', 'Echoes, after 2 s the far peer is gone while signalling goes on', [
		...talkThen(2000, { do: 'stop-media' })
	]),
	plan(124, 'socket-storm', 'Echoes, after 2 s each of your sockets opens and is cut, for 5 s', [
		...talkThen(2000, { do: 'cut-sockets', ms: 5000 }, { do: 'drop-socket' })
	]),
	plan(130, 'calls-back', 'Hangs up; 1 s later Ada Caller rings (custom parameters ticket, note)', [
		...andCallsBack(callBack('echo'))
	]),
	plan(131, 'calls-back-and-cancels', 'As 130, and gives up after 2 s', andCallsBack(callBack('cancels'))),
	plan(132, 'calls-back-and-hangs-up', 'As 130, and hangs up 2 s after your answer', [
		...andCallsBack(callBack('hangs-up'))
	]),
	plan(133, 'two-call-back', 'As 130 with two callers at once: Ada speaks 700 Hz, Bob 1100 Hz', [
		...andCallsBack(callBack('tone-700'), callBack('tone-1100', BOB))
	]),
	plan(140, 'connection-declined', '31002 Connection Declined', [refuse(31002, 'Connection Declined')]),
	plan(141, 'unauthorised', '31201 Authorization Error at call time', [refuse(31201, 'Authorization Error')]),
	plan(142, 'signature-refused', '31202 at call time', [refuse(31202, 'Signature validation failed')]),
	plan(143, 'token-invalid', '31204 at call time', [refuse(31204, 'Invalid JWT token')]),
	plan(144, 'token-expired', '31205 at call time', [refuse(31205, 'JWT token expired')]),
	plan(145, 'rate-exceeded', '31206 at call time', [refuse(31206, 'Rate exceeded authorized limit')]),
	plan(146, 'complains', 'An error frame 31201 that names the call; the invite stays unanswered', [
		{ do: 'complain', error: { code: 31201, message: 'Authorization Error' } }
	])
];

/** Short numbers that do what the practice line's numbers do. */
export const SHORT_NUMBERS: Readonly<Record<string, string>> = {
	'1': 'echo',
	'2': 'busy',
	'3': 'no-answer',
	'4': 'hangs-up',
	'5': 'calls-back'
};

/** How a caller behaves who rings the phone: `behaviour` of `POST /exchange/ring`. */
export interface IncomingBehaviour {
	readonly name: string;
	readonly what: string;
	readonly peer: PeerOptions;
	readonly script: readonly Step[];
}

/** Callers are patient for 30 s. */
const PATIENT: readonly Step[] = [wait(30_000), { do: 'cancel' }];

export const INCOMING: readonly IncomingBehaviour[] = [
	{ name: 'echo', what: 'Echoes once answered', peer: ECHO, script: PATIENT },
	{ name: 'tone-700', what: 'Sends a 700 Hz tone', peer: { voice: { hertz: 700 } }, script: PATIENT },
	{ name: 'tone-1100', what: 'Sends an 1100 Hz tone', peer: { voice: { hertz: 1100 } }, script: PATIENT },
	{ name: 'silent', what: 'Listens, sends not one packet', peer: { voice: 'silence' }, script: PATIENT },
	{ name: 'cancels', what: 'Gives up after 2 s', peer: ECHO, script: [wait(2000), { do: 'cancel' }] },
	{ name: 'gives-up', what: 'Gives up after 150 ms', peer: ECHO, script: [wait(150), { do: 'cancel' }] },
	{
		name: 'hangs-up',
		what: 'Hangs up 2 s after the answer',
		peer: ECHO,
		script: [{ do: 'await-answer' }, wait(2000), hangUp]
	},
	{
		name: 'drops-socket',
		what: 'Cuts the socket 2 s after the answer, takes the call back',
		peer: ECHO,
		script: [{ do: 'await-answer' }, wait(2000), { do: 'drop-socket' }]
	}
];

const NOBODY: PlannedNumber = {
	number: '',
	name: 'unknown',
	what: 'Not in the plan',
	script: [refuse(31404, 'Not Found')]
};

/** The number's entry, whatever way it is written; `error_31009` is refused with that code; all else is unknown. */
export function planFor(to: string): PlannedNumber {
	const dialled = to.trim().replace(/^client:/, '');
	const code = /^error_(\d{5})$/.exec(dialled)?.[1];
	if (code) return { ...NOBODY, name: dialled, script: [refuse(Number(code), `Error ${code}`)] };
	const short = dialled.startsWith(PREFIX) ? dialled.slice(-3) : dialled;
	const name = SHORT_NUMBERS[short] ?? short;
	return NUMBERING_PLAN.find((entry) => entry.name === name || entry.number.slice(-3) === name) ?? NOBODY;
}

export function incomingBehaviour(name: string): IncomingBehaviour | undefined {
	return INCOMING.find((behaviour) => behaviour.name === name);
}

function plan(short: number, name: string, what: string, script: readonly Step[]): PlannedNumber {
	return { number: `${PREFIX}${String(short)}`, name, what, script };
}
