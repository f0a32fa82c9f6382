import { beforeEach, describe, expect, it } from 'vitest';
import { NO_CONFIG, type ConfigState, type Kiosk } from '#lib/config/config.ts';
import { Scope } from '#lib/core/scope.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { Cell } from '#lib/core/watched.ts';
import { rulesBetweenCalls } from './rules.ts';

const rulesOf = (maxCallSeconds: number): Kiosk => ({
	buttons: [],
	autoAnswer: [],
	maxCallSeconds,
	wipeHistory: false,
	onDuty: false
});
const state = (kiosk?: Kiosk): ConfigState => ({
	...NO_CONFIG,
	config: { ...NO_CONFIG.config, ...(kiosk ? { kiosk } : {}) }
});

let bench: PhoneBench;
let scope: Scope;
let config: Cell<ConfigState>;

beforeEach(() => {
	bench = new PhoneBench();
	scope = new Scope();
	config = new Cell(state(rulesOf(1)));
});

const start = () => rulesBetweenCalls({ phone: bench.phone, scope, config });

describe('the rules of a kiosk', () => {
	it('change with the file, in a call after it', async () => {
		const rules = start();
		config.set(state(rulesOf(2)));
		expect(rules.value.maxCallSeconds).toBe(2);
		const call = await bench.talking();
		config.set(state(rulesOf(3)));
		config.set(state(rulesOf(4)));
		expect(rules.value.maxCallSeconds).toBe(2);
		await bench.phone.hangUp(call);
		expect(rules.value.maxCallSeconds).toBe(4);
	});

	it('stay when the file does not say any more that this is a kiosk', () => {
		const rules = start();
		config.set(state());
		expect(rules.value.maxCallSeconds).toBe(1);
	});

	it('are not there where the file has none', () => {
		config.set(state());
		expect(start).toThrow(expect.objectContaining({ fault: 'command.not-now' }));
	});

	it('change no more after the end', () => {
		const rules = start();
		scope.end();
		config.set(state(rulesOf(2)));
		expect(rules.value.maxCallSeconds).toBe(1);
	});
});
