/** What the other party of a room says of itself with its voice. */
export type Voice =
	/** Sends back what it hears, 300 ms later. */
	| 'echo'
	/** Waits until you have spoken, thinks for 300 ms, speaks for 1 s; deaf meanwhile. */
	| 'answers'
	/** As `answers`, and falls silent when you speak. */
	| 'interruptible'
	/** A track of digital silence. */
	| 'silence'
	/** A track, and never a packet. */
	| 'packetless'
	/** No track. */
	| 'none'
	/** A steady tone. */
	| { readonly hertz: number }
	/** A tone for one second, then silence for `others` seconds, `offset` seconds after the first speaker. */
	| { readonly hertz: number; readonly offset: number; readonly others: number };

/** How an agent's transcript travels: as text streams (today), as transcription events (before), as both (what agents do). */
export type Words = 'streams' | 'events' | 'both' | 'none';

export type Step =
	| { readonly do: 'wait'; readonly ms: number }
	| { readonly do: 'leave'; readonly because?: LeaveReason }
	/** Its process is gone without a word to the server. */
	| { readonly do: 'crash' }
	/** Stuck in `thinking`: hears nothing, says nothing. */
	| { readonly do: 'freeze' }
	| { readonly do: 'delete-room' }
	/** What the bridge says of a telephone's leg. */
	| { readonly do: 'leg'; readonly status: string };

/** LiveKit's words: the callee is busy or declines, does not answer; the agent has failed. */
export type LeaveReason = 'USER_REJECTED' | 'USER_UNAVAILABLE' | 'AGENT_ERROR';

export interface PlannedParty {
	readonly as: 'agent' | 'person' | 'phone';
	readonly name: string;
	readonly voice: Voice;
	/** 'none': never a word about its state; 'initializing': stays there. Default: truly. */
	readonly states?: 'none' | 'initializing';
	/** Default: streams for agents, none for others. */
	readonly words?: Words;
	/** The agent on whose behalf this one publishes. */
	readonly behalf?: string;
	/** So much silence ends what you say, ms; 200, because a browser's fake microphone beeps twice a second. */
	readonly pause?: number;
	/** Before it joins, ms. */
	readonly after?: number;
	/** From the moment at which it has joined. */
	readonly script?: readonly Step[];
}

export interface PlannedRoom {
	/** The room's first word. */
	readonly name: string;
	/** One line for the table in docs/livekit-rooms.md. */
	readonly what: string;
	/** Who comes; the first agent is the one that the server dispatches. */
	readonly parties: readonly PlannedParty[];
	/** `full`: has room for one. `missing`: on a server that makes no rooms. */
	readonly door?: 'full' | 'missing';
}

const wait = (seconds: number): Step => ({ do: 'wait', ms: seconds * 1000 });
const agent = (voice: Voice, more: Partial<PlannedParty> = {}): PlannedParty => ({
	as: 'agent',
	name: 'Test agent',
	voice,
	...more
});
const person = (name: string, voice: Voice): PlannedParty => ({ as: 'person', name, voice });
const phone = (...statuses: readonly (readonly [status: string, seconds: number])[]): PlannedParty => ({
	as: 'phone',
	name: 'Phone +12025550155',
	voice: statuses.some(([status]) => status === 'active') ? 'echo' : 'none',
	script: statuses.flatMap(([status, seconds]) => [{ do: 'leg', status }, wait(seconds)])
});
const hangsUp = (party: PlannedParty, because?: LeaveReason): PlannedParty => ({
	...party,
	script: [...(party.script ?? []), { do: 'leave', ...(because ? { because } : {}) }]
});

const ANSWERS = room(
	'answers',
	'An agent: 500 ms after you have spoken it thinks, for 300 ms, and speaks for 1 s',
	agent('answers', { pause: 500 })
);

/** A whole number after the first word, as in `late25-x`, stands for the seconds of the first wait. */
export const ROOM_PLAN: readonly PlannedRoom[] = [
	ANSWERS,
	room('quick', 'As `answers`, and 200 ms of silence are enough: a fake microphone beeps twice a second', {
		...agent('answers')
	}),
	room(
		'interruptible',
		'As `answers`, and falls silent when you speak',
		agent('interruptible', { pause: 500 })
	),
	room('echo', 'An agent that sends back what it hears, 300 ms later', agent('echo', { pause: 500 })),
	room('late', 'As `quick`, and joins 5 s late', agent('answers', { after: 5000 })),
	room('never', 'The agent takes the job and never joins'),
	room('mute', 'As `quick`, without a track', agent('none')),
	room('packetless', 'As `quick`, and not one packet is sent on its track', agent('packetless')),
	room('silent', 'As `quick`, and what it publishes is digital silence', agent('silence')),
	room(
		'unready',
		'The agent stays in `initializing`, without audio',
		agent('none', { states: 'initializing' })
	),
	room('stateless', 'As `echo`, and never says its state', agent('echo', { states: 'none' })),
	room(
		'leaves',
		'As `quick`, and leaves after 2 s',
		agent('answers', { script: [wait(2), { do: 'leave' }] })
	),
	room('fails', 'As `quick`, and leaves after 2 s with AGENT_ERROR', {
		...agent('answers', { script: [wait(2), { do: 'leave', because: 'AGENT_ERROR' }] })
	}),
	room(
		'crashes',
		'An echo whose process dies after 2 s',
		agent('echo', { script: [wait(2), { do: 'crash' }] })
	),
	room('freezes', 'As `quick`; after 2 s stuck in `thinking`, without a packet', {
		...agent('answers', { script: [wait(2), { do: 'freeze' }] })
	}),
	room('ends', 'As `quick`, and deletes the room after 2 s', {
		...agent('answers', { script: [wait(2), { do: 'delete-room' }] })
	}),
	room('legacy', 'As `quick`, with transcription events alone', agent('answers', { words: 'events' })),
	room('both', 'As `quick`, with text streams and events', agent('answers', { words: 'both' })),
	room('wordless', 'As `quick`, without a transcript', agent('answers', { words: 'none' })),
	room(
		'avatar',
		'An agent without a voice, and an avatar that speaks for it',
		agent('none'),
		agent('answers', { name: 'Avatar', states: 'none', words: 'none', behalf: 'Test agent' })
	),
	room('person', 'One person, who echoes; no agent', person('Ada Person', 'echo')),
	room(
		'people',
		'Three people who speak in turn, a second each',
		person('Ada Person', { hertz: 440, offset: 0, others: 2 }),
		person('Bob Person', { hertz: 550, offset: 1, others: 2 }),
		person('Cleo Person', { hertz: 660, offset: 2, others: 2 })
	),
	room('phone', 'A telephone: dialling, ringing for 1 s, then it echoes', {
		...phone(['dialing', 0.5], ['ringing', 1], ['active', 0])
	}),
	room('phone-busy', 'A telephone that rings for 0.5 s and is busy: USER_REJECTED', {
		...hangsUp(phone(['dialing', 0.2], ['ringing', 0.5], ['hangup', 0.3]), 'USER_REJECTED')
	}),
	room('phone-unanswered', 'A telephone that rings for 5 s, and nobody answers: USER_UNAVAILABLE', {
		...hangsUp(phone(['dialing', 0.2], ['ringing', 5], ['hangup', 0.3]), 'USER_UNAVAILABLE')
	}),
	room('phone-hangs-up', 'A telephone that echoes and hangs up 2 s later', {
		...hangsUp(phone(['active', 2], ['hangup', 0.3]))
	}),
	{
		...room('full', 'A person is here, and there is no second seat', person('Ada Person', 'echo')),
		door: 'full'
	},
	{ ...room('gone', 'The room does not exist, and the server makes none'), door: 'missing' }
];

/** Whoever calls a room that no row names, `call-7f3a` for instance, meets the agent of `answers`. */
export function planFor(roomName: string): PlannedRoom {
	const fits = ROOM_PLAN.map((planned) => ({
		planned,
		match: new RegExp(`^${planned.name}(\\d+)?(-|$)`).exec(roomName)
	})).filter(({ match }) => match !== null);
	const [best] = fits.sort((one, other) => other.planned.name.length - one.planned.name.length);
	const planned = best?.planned ?? ANSWERS;
	const seconds = best?.match?.[1];
	return seconds === undefined
		? planned
		: { ...planned, parties: planned.parties.map((p) => timed(p, Number(seconds))) };
}

function timed(party: PlannedParty, seconds: number): PlannedParty {
	if (party.after !== undefined) return { ...party, after: seconds * 1000 };
	const first = party.script?.findIndex((step) => step.do === 'wait') ?? -1;
	return first < 0 ? party : { ...party, script: (party.script ?? []).with(first, wait(seconds)) };
}

function room(name: string, what: string, ...parties: readonly PlannedParty[]): PlannedRoom {
	return { name, what, parties };
}
