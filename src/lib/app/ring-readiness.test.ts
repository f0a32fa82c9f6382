import { beforeEach, expect, it } from 'vitest';
import type { Line } from '#lib/core/line.ts';
import type { LineState } from '#lib/core/line-state.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import { watchRingReadiness } from './ring-readiness.ts';

const ready = { phase: 'ready', receiving: true } as const;

let lines: Cell<readonly Line[]>;
let touched: boolean;
let tries: number;
let scope: Scope;

function add(kind: string): Cell<LineState> {
	const state = new Cell<LineState>({ phase: 'opening' });
	lines.update((all) => [...all, { kind, state } as Partial<Line> as Line]);
	return state;
}

beforeEach(() => {
	lines = new Cell<readonly Line[]>([]);
	touched = false;
	tries = 0;
	scope = new Scope();
	watchRingReadiness({ phone: { lines }, hasBeenTouched: () => touched, trySound: () => tries++, scope });
});

it('tries the sound once, as soon as a call could come in', () => {
	const line = add('twilio');
	expect(tries).toBe(0);
	line.set(ready);
	line.set({ phase: 'off' });
	line.set(ready);
	add('twilio').set(ready);
	expect(tries).toBe(1);
});

it('leaves it alone on a page that has had a gesture', () => {
	touched = true;
	add('twilio').set(ready);
	expect(tries).toBe(0);
});

it.each<[string, LineState]>([
	['practice', ready],
	['twilio', { phase: 'ready', receiving: false }]
])('does not mind a %s line in %j', (kind, state) => {
	add(kind).set(state);
	expect(tries).toBe(0);
});

it('does not mind lines that are gone, nor anything after its end', () => {
	const gone = add('twilio');
	lines.set([]);
	gone.set(ready);
	const late = add('twilio');
	scope.end();
	late.set(ready);
	expect(tries).toBe(0);
});
