import { beforeEach, describe, expect, it } from 'vitest';
import { nextCallState, type CallEvent, type CallState, type EndReason } from '#lib/core/call-state.ts';
import type { Call } from '#lib/core/line.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import { followCalls } from './ringing.ts';

interface HeldCall {
	readonly call: Call;
	happens(...events: CallEvent[]): void;
}

const answered = { type: 'answered', at: 0 } as const;
const connected = { type: 'media-connected', at: 0 } as const;
const rang = { type: 'rang' } as const;
const ended = (reason: EndReason): CallEvent => ({ type: 'ended', reason, at: 5_000 });

let calls: Cell<readonly Call[]>;
let heard: string[];
let timers: (() => void)[];
let scope: Scope;

const clock: Clock = {
	now: () => 0,
	monotonic: () => 0,
	after(ms, task) {
		expect(ms).toBe(2_000);
		timers.push(task);
		return () => {
			timers = timers.filter((other) => other !== task);
		};
	}
};

function newCall(direction: 'in' | 'out'): HeldCall {
	const state = new Cell<CallState>(direction === 'in' ? { phase: 'ringing' } : { phase: 'placing' });
	const call = { direction, state } as Partial<Call> as Call;
	// As the phone does it: a call that has ended is taken out first.
	state.watch((now) => {
		if (now.phase === 'ended') calls.update((all) => all.filter((other) => other !== call));
	});
	calls.update((all) => [...all, call]);
	return {
		call,
		happens(...events) {
			for (const event of events) state.update((now) => nextCallState(now, event));
		}
	};
}

function pass(): void {
	for (const task of timers.splice(0)) task();
}

beforeEach(() => {
	calls = new Cell<readonly Call[]>([]);
	heard = [];
	timers = [];
	scope = new Scope();
	const sounds = {
		ring: (on: boolean) => void heard.push(on ? 'ring' : 'quiet'),
		progress: (tone: string) => void heard.push(tone)
	};
	followCalls({ phone: { calls }, sounds, clock, scope });
});

describe('an incoming call', () => {
	it.each<[string, CallEvent]>([
		['is answered', answered],
		['is declined', ended('declined')],
		['is ignored', ended('ignored')],
		['is cancelled', ended('missed')],
		['is answered elsewhere', ended('answered-elsewhere')],
		['fails', ended('failed')]
	])('rings until it %s, and nothing else sounds', (_, event) => {
		const { happens } = newCall('in');
		expect(heard).toEqual(['ring']);
		happens(event);
		expect(heard).toEqual(['ring', 'quiet']);
	});

	it('stops ringing when its line is taken away', () => {
		newCall('in');
		calls.set([]);
		expect(heard).toEqual(['ring', 'quiet']);
	});

	it('stays silenced until the next one comes', () => {
		const first = newCall('in');
		heard.push('silenced by hand');
		const second = newCall('in');
		second.happens(ended('missed'));
		first.happens(ended('missed'));
		expect(heard).toEqual(['ring', 'silenced by hand', 'ring', 'quiet']);
	});

	it('knocks during another call, and rings when that one has ended', () => {
		const talk = newCall('out');
		talk.happens(answered, connected);
		const caller = newCall('in');
		expect(heard).toEqual(['waiting']);
		talk.happens(ended('hung-up'));
		expect(heard).toEqual(['waiting', 'ring', 'none']);
		caller.happens(ended('missed'));
		expect(heard).toEqual(['waiting', 'ring', 'none', 'quiet']);
	});
});

describe('an outgoing call', () => {
	it('has ring-back while it rings at the far side', () => {
		const { happens } = newCall('out');
		expect(heard).toEqual([]);
		happens(rang);
		expect(heard).toEqual(['ringback']);
		happens(answered);
		expect(heard).toEqual(['ringback', 'none']);
	});

	it.each<[EndReason, string[]]>([
		['busy', ['busy', 'none']],
		['refused', ['failed', 'none']],
		['not-found', ['failed', 'none']],
		['failed', ['failed', 'none']],
		['cancelled', []],
		['hung-up', []],
		['line-closed', []]
	])('that ends with %s is heard for two seconds as %j', (reason, tones) => {
		newCall('out').happens(ended(reason));
		pass();
		expect(heard).toEqual(tones);
		expect(timers).toEqual([]);
	});

	it('ends the last one’s tone', () => {
		newCall('out').happens(rang, ended('busy'));
		newCall('out').happens(rang);
		expect(heard).toEqual(['ringback', 'busy', 'none', 'ringback']);
		pass();
		expect(heard).toEqual(['ringback', 'busy', 'none', 'ringback']);
	});

	it('gives no tone over a call that goes on', () => {
		newCall('in').happens(answered, connected);
		heard.length = 0;
		newCall('out').happens(ended('busy'));
		expect(heard).toEqual([]);
	});
});

it('tells by a tone that a talk was lost', () => {
	newCall('in').happens(answered, connected, ended('failed'));
	expect(heard).toEqual(['ring', 'quiet', 'failed']);
});

it('is silent once the app has stopped, whatever happens', () => {
	const { happens } = newCall('in');
	newCall('out').happens(rang);
	scope.end();
	heard.length = 0;
	happens(answered);
	newCall('in');
	pass();
	expect(heard).toEqual([]);
});
