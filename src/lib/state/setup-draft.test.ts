import { describe, expect, it, test } from 'vitest';
import { draftConfig, draftLine, EMPTY_DRAFT, fieldOf, type Draft } from './setup-draft.ts';

const draft = (more: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, ...more });

describe('what is filled in', () => {
	test.each([
		[
			{
				preset: 'twilio',
				label: ' Support desk ',
				tokenUrl: 'https://a.example/t',
				identity: 'ada',
				appSid: 'AP1'
			},
			{
				id: 'support-desk',
				kind: 'twilio',
				label: 'Support desk',
				token: { url: 'https://a.example/t' },
				identity: 'ada',
				expect: { twimlAppSid: 'AP1' }
			}
		],
		[
			{
				preset: 'livekit-cloud',
				tokenUrl: './t',
				serverUrl: 'wss://x.livekit.cloud',
				agent: 'ann',
				appSid: 'AP1'
			},
			{
				id: 'livekit',
				kind: 'livekit',
				token: { url: './t' },
				serverUrl: 'wss://x.livekit.cloud',
				agent: { name: 'ann', expected: true }
			}
		],
		[
			{ preset: 'livekit', label: '電話', wantsKey: true },
			{ id: 'livekit', kind: 'livekit', label: '電話', token: { url: '', auth: { kind: 'bearer' } } }
		],
		[{ label: 'Über-Büro '.repeat(5) }, { id: 'uber-buro-uber-buro-uber-buro-ub', kind: 'twilio' }]
	] as const)('%j', (more, wanted) => {
		expect(draftLine(draft(more))).toMatchObject(wanted);
	});

	it('stands beside the lines that are there, in the place of its earlier self', () => {
		const other = { id: 'other', kind: 'livekit' };
		const inForce = { name: 'Acme', lines: [{ id: 'desk', kind: 'twilio', old: true }, other], probes: [1] };
		const made = draftConfig(draft({ label: 'Desk', tokenUrl: '/t' }), inForce);
		expect(made).toEqual({
			name: 'Acme',
			lines: [
				{ id: 'desk', kind: 'twilio', label: 'Desk', token: { url: '/t' } },
				other,
				{ id: 'practice', kind: 'practice' }
			],
			probes: [1]
		});
		expect(draftConfig(draft({ label: 'Desk', tokenUrl: '/t' }), made)).toEqual(made);
		const { lines } = draftConfig(draft({ label: 'Practice' }), {});
		expect((lines as readonly { readonly id: string }[]).map(({ id }) => id)).toEqual([
			'practice',
			'practice-line'
		]);
	});

	it('knows where a problem is put right', () => {
		const field = (path: string) => fieldOf({ path, severity: 'error', code: 'missing', facts: {} });
		expect(
			[
				'lines[0].token.url',
				'lines[0].serverUrl',
				'lines[0].expect.twimlAppSid',
				'lines[1].label',
				'lines[0].labels'
			].map(field)
		).toEqual(['tokenUrl', 'serverUrl', 'appSid', undefined, undefined]);
	});
});
