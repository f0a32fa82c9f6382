import { beforeEach, describe, expect, it } from 'vitest';
import type { Call, Line } from '#lib/core/line.ts';
import type { LineState } from '#lib/core/line-state.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import type { ReadLine } from '#lib/lines/index.ts';
import { OpenLines } from './lines.ts';

class FakeLine implements Line {
	readonly kind = 'practice';
	readonly can = { dials: [], receives: false, digits: false, hold: false, callerIds: [] } as const;
	readonly state = new Cell<LineState>({ phase: 'opening' });
	readonly calls = new Cell<readonly Call[]>([]);
	readonly id: string;
	readonly label: string;
	closed = 0;

	constructor({ settings }: ReadLine) {
		this.id = settings.id;
		this.label = settings.label;
	}

	dial = () => Promise.reject(new Error('not here'));
	reopen = () => Promise.resolve();
	close = () => {
		this.closed++;
		return Promise.resolve();
	};
}

const aLine = (id: string, label = id): ReadLine => ({
	kind: 'practice',
	settings: { id, label },
	open: () => Promise.reject(new Error('not here')),
	gatherers: () => Promise.resolve([])
});

const call = {} as Call;
const atOnce = () => true;
const whenIdle = () => false;
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

let scope: Scope;
let shown: Line[];
let everShown: number;
let opened: FakeLine[];
let arrives: (line: ReadLine) => Promise<Line>;
let lines: OpenLines;

beforeEach(() => {
	scope = new Scope();
	shown = [];
	everShown = 0;
	opened = [];
	arrives = (wanted) => {
		const line = new FakeLine(wanted);
		opened.push(line);
		return Promise.resolve(line);
	};
	const phone = {
		add(line: Line) {
			shown.push(line);
			everShown++;
			return () => {
				shown = shown.filter((other) => other !== line);
			};
		}
	};
	lines = new OpenLines({ phone, log: () => {}, scope, open: (line) => arrives(line) });
});

const ids = () => shown.map(({ id, label }) => `${id}:${label}`);

describe('OpenLines', () => {
	it('opens what is wanted, keeps what stays, closes what goes', async () => {
		lines.want([aLine('a'), aLine('b')], atOnce);
		await settled();
		lines.want([aLine('b'), aLine('c')], atOnce);
		await settled();
		expect(ids()).toEqual(['b:b', 'c:c']);
		expect(opened.map(({ closed }) => closed)).toEqual([1, 0, 0]);
	});

	it('opens a line anew when its settings change', async () => {
		lines.want([aLine('a')], whenIdle);
		await settled();
		lines.want([aLine('a', 'Reception')], whenIdle);
		await settled();
		expect(ids()).toEqual(['a:Reception']);
		expect(opened.map(({ closed }) => closed)).toEqual([1, 0]);
	});

	it('waits for the end of the call before a change of the configuration closes its line', async () => {
		lines.want([aLine('a')], whenIdle);
		await settled();
		opened[0]?.calls.set([call]);
		lines.want([aLine('a', 'one')], whenIdle);
		lines.want([aLine('a', 'two')], whenIdle);
		await settled();
		expect(ids()).toEqual(['a:a']);
		opened[0]?.calls.set([]);
		await settled();
		expect(ids()).toEqual(['a:two']);
		expect(opened.map(({ closed }) => closed)).toEqual([1, 0]);
	});

	it('does not wait when the line was switched off or the phone is elsewhere', async () => {
		lines.want([aLine('a')], whenIdle);
		await settled();
		opened[0]?.calls.set([call]);
		lines.want([], atOnce);
		expect(shown).toEqual([]);
		expect(opened[0]?.closed).toBe(1);
	});

	it('lets go of a line that arrives after it was given up', async () => {
		lines.want([aLine('a')], atOnce);
		lines.want([], atOnce);
		await settled();
		expect(everShown).toBe(0);
		expect(opened[0]?.closed).toBe(1);
	});

	it('leaves nothing open', async () => {
		lines.want([aLine('a'), aLine('b')], atOnce);
		await settled();
		scope.end();
		expect(shown).toEqual([]);
		expect(opened.map(({ closed }) => closed)).toEqual([1, 1]);
	});
});

describe('a line whose code does not arrive', () => {
	const arrived = () => arrives;

	beforeEach(async () => {
		const works = arrived();
		arrives = () => Promise.reject(new Error('404'));
		lines.want([aLine('a')], atOnce);
		await settled();
		arrives = works;
	});

	it('says so, and can do nothing', async () => {
		const [line] = shown;
		expect(line?.state.value).toMatchObject({ phase: 'failed', because: { fault: 'app.incomplete' } });
		expect(line?.can.dials).toEqual([]);
		await expect(line?.dial({ kind: 'code', value: '1' })).rejects.toMatchObject({ fault: 'line.not-ready' });
	});

	it('is replaced when trying again helps', async () => {
		const [standIn] = shown;
		await standIn?.reopen();
		expect(shown).toEqual(opened);
		expect(standIn?.state.value.phase).toBe('off');
		lines.want([], atOnce);
		expect(opened[0]?.closed).toBe(1);
	});

	it('goes on saying so when it does not help', async () => {
		arrives = () => Promise.reject(new Error('404'));
		await shown[0]?.reopen();
		expect(shown[0]?.state.value.phase).toBe('failed');
	});

	it('stays away when it arrives after the line was given up', async () => {
		const trying = shown[0]?.reopen();
		lines.want([], atOnce);
		await trying;
		expect(shown).toEqual([]);
		expect(opened[0]?.closed).toBe(1);
	});
});
