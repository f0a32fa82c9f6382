import { afterEach, beforeEach, expect, it } from 'vitest';
import { PENDING_CONFIG } from '#lib/config/config.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { constant } from '#lib/core/watched.ts';
import { KioskView } from './kiosk.svelte.ts';
import type { Kiosk } from './kiosk-port.ts';
import type { Screen } from './screen.svelte.ts';

const BUTTON = { label: 'Reception', to: 'alice', line: 'desk' };

const kiosk = {
	duty: constant('on'),
	use: constant('somebody'),
	answering: constant(undefined),
	lamp: constant({ light: 'ready' }),
	callEndsAt: constant(undefined),
	exit: constant({ kind: 'none' })
} as unknown as Kiosk;

let bench: PhoneBench;
let view: KioskView;

beforeEach(() => {
	bench = new PhoneBench();
	const screen = {
		app: { phone: bench.phone },
		config: { current: PENDING_CONFIG },
		lines: { all: [] },
		country: 'US'
	} as unknown as Screen;
	view = new KioskView(kiosk, screen);
});

afterEach(() => {
	Reflect.deleteProperty(globalThis, 'event');
});

/** As long as a handler runs, browsers say in `event` what it handles. */
function pressed(isTrusted: boolean): Promise<void> {
	Object.defineProperty(globalThis, 'event', { configurable: true, value: { isTrusted } });
	return view.call(BUTTON);
}

it('calls for a press of somebody', async () => {
	await pressed(true);
	expect(view.refusal).toBeUndefined();
	expect(bench.phone.calls.value).toHaveLength(1);
});

it('calls nobody for a press that a script has made', async () => {
	await pressed(false);
	expect([view.placing, view.refusal]).toEqual([undefined, undefined]);
	expect(bench.phone.calls.value).toHaveLength(0);
});
