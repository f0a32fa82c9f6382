// First: it counts what is opened.
import { liveNow } from './live.ts';
import { afterEach, describe, expect, inject, test } from 'vitest';
import type { Probe } from '#lib/config/config.ts';
import { Secret } from '#lib/core/secret.ts';
import { gather, type AnyGatherer } from '#lib/diagnostics/gather.ts';
import { probeGatherers, refusedLine, TokenShelf } from '#lib/diagnostics/gatherers/index.ts';
import type { Evidence } from '#lib/diagnostics/types.ts';
import { clock } from './twilio-bench.ts';

const { httpUrl } = inject('servers');
const { httpUrl: exchange } = inject('exchange');
const wsUrl = httpUrl.replace('http', 'ws');

async function gathered(gatherers: readonly AnyGatherer[]): Promise<Evidence> {
	const { evidence } = await gather({ gatherers, clock, signal: new AbortController().signal });
	expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
	return evidence;
}

afterEach(async () => {
	await expect.poll(liveNow, { timeout: 1000 }).toEqual({ tracks: 0, peerConnections: 0, sockets: 0 });
});

describe('a further WebSocket', () => {
	const probe = (more: Partial<Probe> = {}): Probe => ({
		id: 'voice',
		url: `${wsUrl}/picky`,
		query: {},
		alternatives: [],
		expect: { withinSeconds: 1 },
		...more
	});
	const look = async (more: Partial<Probe>, shelf = new TokenShelf([])) => {
		const deps = {
			clock,
			base: location.href,
			bearer: () => undefined,
			tokenOf: (id: string) => shelf.tokenOf(id),
			sockets: { failed: () => {} }
		};
		return (await gathered(probeGatherers(probe(more), deps))).probes['voice'];
	};

	test('is shown the token of its line, and nothing of it is kept', async () => {
		const shelf = new TokenShelf(['desk']);
		shelf.put('desk', new Secret('good-token'));
		const seen = await look(
			{ query: { token: '{token:desk}', agent: 'demo' }, expect: { message: 'connected', withinSeconds: 5 } },
			shelf
		);
		expect(seen).toMatchObject({
			setup: {
				value: {
					tokenParameters: ['token'],
					emptyParameters: [],
					query: ['token', 'agent'],
					expectsWithinSeconds: 5
				}
			},
			token: { value: { notAsked: 'no-endpoint' } },
			signalling: { value: { targets: [{ role: 'primary', expectsConfirmation: true, followUps: [] }] } }
		});
		const [target] = seen?.signalling?.ok ? seen.signalling.value.targets : [];
		expect(target?.confirmedAfterMs).toBeDefined();
		expect(JSON.stringify(seen)).not.toContain('good-token');
	});

	test('that cuts the line is tried without its token, and without a parameter', async () => {
		const seen = await look({
			query: { token: '{token}', agent: 'demo' },
			token: {
				url: `${exchange}/token/good`,
				method: 'POST',
				auth: 'none',
				headers: {},
				style: 'snake',
				response: {}
			}
		});
		const [target] = seen?.signalling?.ok ? seen.signalling.value.targets : [];
		expect(target?.socket.close?.code).toBe(1006);
		expect(target?.followUps.map(({ change, what }) => [change, what])).toEqual([
			['no-token', undefined],
			['dummy-token', undefined],
			['no-parameter', 'agent']
		]);
		expect(target?.followUps[2]?.socket?.query).toEqual(['token']);
	});

	test('and its alternatives side by side; a token that did not come leaves a hole', async () => {
		const seen = await look({
			url: `${wsUrl}/refused`,
			alternatives: [`${wsUrl}/quiet`],
			query: { token: '{token:nobody}' }
		});
		expect(seen?.setup).toMatchObject({ value: { emptyParameters: ['token'] } });
		const targets = seen?.signalling?.ok ? seen.signalling.value.targets : [];
		expect(targets.map(({ role, socket }) => [role, socket.openedAfterMs !== undefined])).toEqual([
			['primary', false],
			['alternative', true]
		]);
	});
});

test('a line that config.json is refused for still tells what stands there', async () => {
	const raw = { id: 'desk', kind: 'twilio', token: { url: 'tokens.example.com/x?key=geheim' } };
	const problem = { path: 'lines[1].token.url', severity: 'error', code: 'wrong-value', facts: {} } as const;
	const entry = { id: 'desk', kind: 'twilio', path: 'lines[1]', raw };
	const other = { ...problem, path: 'lines[10].label' };
	const { lines } = await gathered([refusedLine(entry, [problem, other])]);
	expect(lines['desk']?.setup).toMatchObject({
		value: {
			accepted: false,
			problems: [problem],
			addresses: [{ role: 'token', written: 'tokens.example.com/x' }]
		}
	});
});
