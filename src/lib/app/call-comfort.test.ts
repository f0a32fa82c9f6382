import { beforeEach, describe, expect, it } from 'vitest';
import type { MediaCommands, ShownCall } from '#lib/browser/media-session.ts';
import type { Call } from '#lib/core/line.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { Scope } from '#lib/core/scope.ts';
import { easeCalls } from './call-comfort.ts';

let bench: PhoneBench;
let scope: Scope;
let awake: boolean[];
let shown: ShownCall | undefined;
let commands: MediaCommands | undefined;

beforeEach(() => {
	bench = new PhoneBench();
	scope = new Scope();
	awake = [];
	shown = undefined;
	easeCalls({
		phone: bench.phone,
		awake: { want: (on) => void (awake.at(-1) !== on && awake.push(on)) },
		controls: {
			show: (call, given) => {
				shown = call;
				commands = given;
			},
			clear: () => (shown = undefined)
		},
		who: (call: Call) => call.party.value.address,
		lineLabel: (id) => `Line ${id}`,
		failed: (error) => {
			throw error;
		},
		scope
	});
});

describe('a call', () => {
	it('keeps the screen on and shows itself to the system until it ends', async () => {
		const call = await bench.talking();
		expect(awake).toEqual([false, true]);
		expect(shown).toEqual({ title: 'alice', line: 'Line desk', muted: false });
		call.ends('remote-hung-up');
		expect(awake).toEqual([false, true, false]);
		expect(shown).toBeUndefined();
	});

	it('is hung up by the button of a headset', async () => {
		const call = await bench.talking();
		commands?.hangUp();
		await bench.clock.pass(0);
		expect(call.phase).toBe('ended');
	});

	it('leaves nothing behind when the app ends', async () => {
		await bench.talking();
		scope.end();
		expect(shown).toBeUndefined();
	});
});
