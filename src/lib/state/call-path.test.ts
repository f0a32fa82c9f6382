import { describe, expect, it } from 'vitest';
import { judge } from '#lib/diagnostics/judge.ts';
import {
	answered,
	call,
	DESK_TOKEN,
	media,
	refusedUpgrade,
	tokenRefused,
	TWILIO
} from '#lib/diagnostics/testing-attempts.ts';
import { evidence } from '#lib/diagnostics/testing.ts';
import type { Evidence } from '#lib/diagnostics/types.ts';
import { callPath, linesOf } from './call-path.ts';

const drawn = (all: Evidence, running = false) =>
	callPath({ ...judge(all), lines: linesOf({ evidence: all }), running });
const lights = (all: Evidence, line: string) =>
	Object.fromEntries(
		(drawn(all).branches.find((branch) => branch.line === line)?.stops ?? []).map(({ station, light }) => [
			station,
			light
		])
	);

describe('the path of a call', () => {
	it('is lit as far as it was proven, and grey where nobody has called yet', () => {
		const all = evidence();
		expect(drawn(all).trunk.map(({ light }) => light)).toEqual(['proven', 'proven']);
		expect(lights(all, 'desk')).toEqual({
			token: 'proven',
			signalling: 'proven',
			media: 'unknown',
			'far-side': 'unknown'
		});
	});

	it('is lit to its end after a call that worked', () => {
		const all = evidence({ desk: { calls: { recent: [call({ media: media() })] } } });
		expect(lights(all, 'desk')).toMatchObject({ media: 'proven', 'far-side': 'proven' });
		expect(lights(all, 'agent')).toMatchObject({ media: 'unknown' });
	});

	it('leaves out a line of this page of which there is nothing to tell, unless it is alone', () => {
		const lines = [
			{ id: 'desk', local: false },
			{ id: 'practice', local: true }
		];
		const of = (wanted: typeof lines) =>
			callPath({ lines: wanted, results: [], findings: [], running: true }).branches.map(({ line }) => line);
		expect(of(lines)).toEqual(['desk']);
		expect(of(lines.slice(1))).toEqual(['practice']);
	});

	it('breaks at the cause and not at its consequences', () => {
		const all = evidence({
			desk: {
				token: tokenRefused(DESK_TOKEN, answered(DESK_TOKEN, { status: 404, body: 'text' })),
				state: { phase: 'off', wasReady: false, since: 0, attempts: 0, interruptions: [] },
				signalling: { targets: [], notTried: 'no-token' },
				registration: { by: 'nobody', notAsked: 'no-signalling', said: [] }
			}
		});
		expect(lights(all, 'desk')).toMatchObject({ token: 'broken', signalling: 'unknown' });
		expect(lights(all, 'agent')).toMatchObject({ token: 'proven', signalling: 'proven' });
	});

	it('breaks at signalling when the token is good and the socket is not', () => {
		const all = evidence({
			desk: {
				signalling: { targets: [refusedUpgrade(TWILIO)] },
				registration: { by: 'nobody', notAsked: 'no-signalling', said: [] }
			}
		});
		expect(lights(all, 'desk')).toMatchObject({ token: 'proven', signalling: 'broken' });
	});

	it('is grey, never green, where something could not be looked at', () => {
		const all = evidence();
		const blind: Evidence = {
			...all,
			page: { ...all.page, microphone: { ok: false, why: 'timeout', detail: '', ms: 4000 } }
		};
		expect(drawn(blind).trunk[0]).toMatchObject({ station: 'microphone', light: 'unknown' });
	});

	it('lies ahead while a run has not come there', () => {
		const path = callPath({
			lines: [{ id: 'desk', local: false }],
			results: [],
			findings: [],
			running: true
		});
		expect([...path.trunk, ...(path.branches[0]?.stops ?? [])].map(({ light }) => light)).toEqual(
			Array<string>(6).fill('ahead')
		);
	});

	it('needs no server for a line in this page', () => {
		const path = callPath({
			lines: [{ id: 'practice', local: true }],
			results: [],
			findings: [],
			running: false
		});
		expect(path.branches[0]?.stops.map(({ station }) => station)).toEqual(['far-side']);
	});
});
