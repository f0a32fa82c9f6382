import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG, type ConfigState } from '#lib/config/config.ts';
import type { Ownership } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { fake, PhoneBench } from '#lib/core/testing-phone.ts';
import { Cell } from '#lib/core/watched.ts';
import { startEmbedding } from './embedding.ts';

const CRM = 'https://crm.example.com';
const OTHER = 'https://other.example.com';
const NUMBER = { kind: 'number', value: '+12025550100' } as const;
const PREFILL = { offhook: 1, type: 'prefill', to: '(202) 555-0100', ref: 'lead-17' };

/** A window that another one has opened. */
class OpenedWindow extends EventTarget {
	readonly dataset: Record<string, string> = {};
	readonly document = { referrer: `${CRM}/leads?x`, documentElement: { dataset: this.dataset } };
	readonly heard: { readonly word: unknown; readonly origin: string }[] = [];
	opener: object | null = {
		postMessage: (word: unknown, origin: string) => this.heard.push({ word, origin })
	};

	/** `more` is put over what a browser would say. What a script makes is never trusted, so this is no real event. */
	hears(data: unknown, more: object = {}): void {
		const event = { data, origin: CRM, source: this.opener, isTrusted: true, ...more };
		for (const listener of this.#listeners) listener(event as unknown as Event);
	}

	readonly #listeners: ((event: Event) => void)[] = [];
	override addEventListener(_: string, listener: unknown): void {
		this.#listeners.push(listener as (event: Event) => void);
	}
}

let bench: PhoneBench;
let window: OpenedWindow;
let config: Cell<ConfigState>;
let ownership: Cell<Ownership>;
let scope: Scope;
let opened: string[];
const words = () => window.heard.map(({ word }) => word);

function start(origins: readonly string[] = [CRM]): void {
	const line = { id: 'desk', kind: 'fake', path: 'lines[0]', raw: {} };
	const off = { id: 'agent', kind: 'fake', label: 'Agent', path: 'lines[1]', raw: {} };
	config.set({
		config: { ...DEFAULT_CONFIG, lines: [line, off], embed: { origins } },
		problems: [],
		source: 'file'
	});
	startEmbedding({
		...{ phone: bench.phone, clock: bench.clock, config, owner: { ownership }, scope },
		window: window as unknown as Window,
		log: () => {},
		country: () => 'US',
		open: (query) => void opened.push(query)
	});
}

beforeEach(() => {
	bench = new PhoneBench();
	window = new OpenedWindow();
	config = new Cell<ConfigState>({ config: DEFAULT_CONFIG, problems: [], source: 'pending' });
	ownership = new Cell<Ownership>('here');
	scope = new Scope();
	opened = [];
});

describe('who counts', () => {
	it('is told once that the phone is there, by the origin it came from', () => {
		start([OTHER, CRM]);
		expect(window.heard).toEqual([{ word: { offhook: 1, type: 'ready' }, origin: CRM }]);
	});

	it('is told at each origin that counts where the browser does not say which one it is', () => {
		window.document.referrer = '';
		start([OTHER, CRM]);
		expect(window.heard.map(({ origin }) => origin)).toEqual([OTHER, CRM]);
	});

	it('is whoever has opened the phone, from an origin of the configuration in force', () => {
		start(['https://CRM.example.com']);
		window.heard.length = 0;
		const strangers: readonly object[] = [
			{ source: {} },
			{ source: null },
			{ origin: OTHER },
			{ origin: 'null' },
			{ origin: `${CRM}.evil.example` },
			{ origin: 'http://crm.example.com' },
			{ isTrusted: false }
		];
		for (const stranger of strangers) window.hears(PREFILL, stranger);
		expect(opened).toEqual([]);
		expect(words()).toEqual([]);
		window.hears(PREFILL);
		expect(opened).toHaveLength(1);
		config.set({ ...config.value, config: DEFAULT_CONFIG });
		window.hears(PREFILL);
		expect(opened).toHaveLength(1);
	});

	it('is nobody once the opener is gone', () => {
		start();
		window.heard.length = 0;
		window.opener = null;
		window.hears(PREFILL, { source: null });
		expect(opened).toEqual([]);
	});

	it('is nobody in a kiosk, from its first moment on', () => {
		start();
		window.heard.length = 0;
		window.dataset['kiosk'] = '';
		window.hears(PREFILL);
		window.hears({ offhook: 1, type: 'status?' });
		expect([opened, words()]).toEqual([[], []]);
	});
});

describe('a number that is put in', () => {
	it('is opened like a link, and dials nothing', () => {
		start();
		window.hears({ ...PREFILL, line: 'desk' });
		expect(opened).toEqual(['?to=%28202%29+555-0100&line=desk']);
		expect(words().at(-1)).toEqual({ offhook: 1, type: 'prefilled', ref: 'lead-17' });
		expect(bench.line.dialled).toEqual([]);
	});

	it('waits for the end of a call, and is not shown where another tab has the phone', async () => {
		start();
		const call = await bench.talking();
		window.hears(PREFILL);
		expect(words().at(-1)).toEqual({ offhook: 1, type: 'refused', why: 'in-call', ref: 'lead-17' });
		call.ends('hung-up');
		ownership.set('elsewhere');
		window.hears(PREFILL);
		expect(words().at(-1)).toMatchObject({ type: 'refused', why: 'elsewhere' });
		expect(opened).toEqual([]);
	});

	it('is not put in more than ten times in ten seconds', async () => {
		start();
		for (let at = 0; at < 30; at++) window.hears(PREFILL);
		expect(opened).toHaveLength(10);
		expect(words().at(-1)).toMatchObject({ type: 'refused', why: 'too-often' });
		await bench.clock.pass(10_000);
		window.hears(PREFILL);
		expect(opened).toHaveLength(11);
	});

	it('tells how the call to it went, once, and only where it was that number', async () => {
		start();
		window.hears(PREFILL);
		window.heard.length = 0;
		const other = fake(await bench.phone.dial('desk', { kind: 'number', value: '+12025550199' })).talks();
		other.ends('hung-up');
		expect(words()).toEqual([]);
		const call = fake(await bench.phone.dial('desk', NUMBER)).talks();
		await bench.clock.pass(61_400);
		call.ends('remote-hung-up');
		const result = { offhook: 1, type: 'result', outcome: 'remote-hung-up', seconds: 61, ref: 'lead-17' };
		expect(window.heard).toEqual([{ word: result, origin: CRM }]);
		fake(await bench.phone.dial('desk', NUMBER)).ends('busy');
		expect(words()).toHaveLength(1);
	});
});

describe('the status', () => {
	const status = { offhook: 1, type: 'status' };
	const lines = [
		{ id: 'desk', label: 'Fake', state: 'ready' },
		{ id: 'agent', label: 'Agent', state: 'off' }
	];

	it('says of a call that it is there, and nobody’s number', async () => {
		start();
		window.hears({ offhook: 1, type: 'status?' });
		expect(words().at(-1)).toEqual({ ...status, lines, call: null });
		bench.line.rings('+12025550177');
		window.hears({ offhook: 1, type: 'status?' });
		expect(words().at(-1)).toEqual({
			...status,
			lines,
			call: { line: 'desk', direction: 'in', state: 'ringing' }
		});
		expect(JSON.stringify(window.heard)).not.toContain('0177');
	});

	it('follows what changes, each change once, until it is told to stop', async () => {
		start();
		window.hears({ offhook: 1, type: 'watch' });
		window.hears({ offhook: 1, type: 'watch' });
		window.heard.length = 0;
		const call = await bench.talking();
		await bench.phone.hold(call);
		call.ends('hung-up');
		const seen = window.heard.map(({ word }) => (word as { call: { state: string } | null }).call?.state);
		expect(seen).toEqual(['calling', 'connecting', 'in-call', 'on-hold', undefined]);
		window.hears({ offhook: 1, type: 'unwatch' });
		window.heard.length = 0;
		await bench.talking();
		expect(words()).toEqual([]);
	});

	it('ends with the phone', async () => {
		start();
		window.hears({ offhook: 1, type: 'watch' });
		scope.end();
		window.heard.length = 0;
		await bench.talking();
		expect(words()).toEqual([]);
	});
});
