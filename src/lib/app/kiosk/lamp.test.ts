import { describe, expect, it } from 'vitest';
import { PENDING_CONFIG, type ConfigState } from '#lib/config/config.ts';
import { LineError } from '#lib/core/errors.ts';
import type { LineState } from '#lib/core/line-state.ts';
import { Scope } from '#lib/core/scope.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { Cell } from '#lib/core/watched.ts';
import type { KioskLamp } from '#lib/state/kiosk-port.ts';
import { lampOf, watchLamp, type LampFacts } from './lamp.ts';

const READY: LineState = { phase: 'ready', receiving: true };
const OPENING: LineState = { phase: 'opening' };
const OFF: LineState = { phase: 'off' };
const because = new LineError('token-endpoint.unreachable');
const FAILED: LineState = { phase: 'failed', because };
const RECOVERING: LineState = { phase: 'recovering', because, attempt: 1, wasReady: true };

const desk = (state: LineState) => ({ kind: 'twilio', state });
const room = (state: LineState) => ({ kind: 'livekit', state });
const practice = (state: LineState) => ({ kind: 'practice', state });
const FAULT = { fault: 'token-endpoint.unreachable' };
const error = { path: 'kiosk.reloadAt', severity: 'error', code: 'wrong-value', facts: {} } as const;
const warning = { ...error, severity: 'warning' } as const;
const tested = (verdict: NonNullable<KioskLamp['test']>['verdict']) => ({ test: { at: 1, verdict } });

describe('the lamp', () => {
	it.each<[string, Partial<LampFacts>, KioskLamp | object]>([
		['no line yet', {}, { light: 'starting' }],
		['all lines on their way', { lines: [desk(OPENING), room(OPENING)] }, { light: 'starting' }],
		['all ready', { lines: [desk(READY), room(READY)] }, { light: 'ready' }],
		['one on its way', { lines: [desk(READY), room(OPENING)] }, { light: 'trouble' }],
		['one failed', { lines: [desk(READY), room(FAILED)] }, { light: 'trouble', ...FAULT }],
		['one recovers', { lines: [desk(RECOVERING), room(READY)] }, { light: 'trouble', ...FAULT }],
		['all failed', { lines: [desk(FAILED), room(FAILED)] }, { light: 'out', ...FAULT }],
		[
			'one failed, the other on its way',
			{ lines: [desk(OPENING), room(FAILED)] },
			{ light: 'out', ...FAULT }
		],
		['a line that is off', { lines: [desk(OFF)] }, { light: 'out' }],
		['practice beside a real line', { lines: [practice(READY), desk(FAILED)] }, { light: 'out', ...FAULT }],
		['no practice beside a real line', { lines: [practice(FAILED), desk(READY)] }, { light: 'ready' }],
		['practice alone', { lines: [practice(READY)] }, { light: 'ready' }],
		[
			'another tab has the phone',
			{ ownership: 'elsewhere', lines: [desk(READY)] },
			{ light: 'out', fault: 'line.in-another-tab' }
		],
		[
			'no microphone',
			{ microphone: 'denied', lines: [desk(READY)] },
			{ light: 'out', fault: 'microphone.blocked' }
		],
		['a microphone to be asked for', { microphone: 'prompt', lines: [desk(READY)] }, { light: 'ready' }],
		[
			'a part of config.json that is no use',
			{ lines: [desk(READY)], config: { source: 'file', problems: [warning, error] } },
			{ light: 'trouble', fault: 'config.invalid' }
		],
		[
			'a warning about config.json',
			{ lines: [desk(READY)], config: { source: 'file', problems: [warning] } },
			{ light: 'ready' }
		],
		[
			'the last good config.json',
			{
				lines: [desk(READY)],
				config: { source: 'last-good', problems: [], error: new LineError('config.unreachable') }
			},
			{ light: 'trouble', fault: 'config.unreachable' }
		],
		[
			'a good self-test',
			{ lines: [desk(READY)], ...tested('healthy') },
			{ light: 'ready', ...tested('healthy') }
		],
		[
			'a bad one',
			{ lines: [desk(READY)], ...tested('degraded') },
			{ light: 'trouble', ...tested('degraded') }
		],
		[
			'a worse one',
			{ lines: [desk(READY)], ...tested('blocked') },
			{ light: 'trouble', ...tested('blocked') }
		],
		[
			'one that says nothing',
			{ lines: [desk(READY)], ...tested('unknown') },
			{ light: 'ready', ...tested('unknown') }
		],
		[
			'a good one long ago',
			{ lines: [desk(FAILED)], ...tested('healthy') },
			{ light: 'out', ...FAULT, ...tested('healthy') }
		]
	])('%s', (_what, facts, expected) => {
		const healthy: LampFacts = {
			lines: [],
			config: { source: 'file', problems: [] },
			ownership: 'here',
			microphone: 'granted',
			test: undefined
		};
		expect(lampOf({ ...healthy, ...facts })).toEqual(expected);
	});

	it('follows every fact until its end, and says nothing twice', () => {
		const { phone, line } = new PhoneBench();
		const scope = new Scope();
		const config = new Cell<ConfigState>(PENDING_CONFIG);
		const ownership = new Cell<LampFacts['ownership']>('nobody');
		const microphone = new Cell<LampFacts['microphone']>('unknown');
		const test = new Cell<LampFacts['test']>(undefined);
		const lamp = watchLamp({ lines: phone.lines, config, ownership, microphone, test, scope });
		const seen: KioskLamp['light'][] = [];
		lamp.watch(({ light }) => seen.push(light));
		expect(lamp.value.light).toBe('ready');
		line.happens({ type: 'lost', because });
		line.happens({ type: 'lost', because });
		line.happens({ type: 'ready', receiving: true });
		ownership.set('here');
		microphone.set('denied');
		microphone.set('granted');
		test.set({ at: 1, verdict: 'blocked' });
		test.set({ at: 2, verdict: 'healthy' });
		expect(seen).toEqual(['out', 'ready', 'out', 'ready', 'trouble', 'ready']);
		scope.end();
		line.happens({ type: 'failed', because });
		expect(lamp.value.light).toBe('ready');
	});
});
