import { describe, expect, it } from 'vitest';
import { readSetupFragment } from '#lib/config/setup-link.ts';
import { LineError } from '#lib/core/errors.ts';
import { BASE, SITE, stage } from './setup-stage.ts';

const line = (more: object) => ({
	lines: [{ id: 'desk', kind: 'twilio', token: { url: 'https://evil.example/t' }, ...more }]
});

describe('the set-up', () => {
	it('is closed while nobody knows what the file closes', () => {
		const error = new LineError('config.unreachable');
		expect(stage({ source: 'none', error }).setup.closedBy()).toBe('unknown-file');
		expect(stage({ source: 'none' }).setup.closedBy()).toBeUndefined();
		expect(stage({ ...SITE, source: 'last-good', error }).setup.closedBy()).toBeUndefined();
	});

	it('is applied, kept, and forgotten', () => {
		const { setup, own, stored, changed } = stage();
		const config = line({ label: 'Mine' });
		expect(setup.apply(config)).toBe(true);
		expect(setup.isOwn()).toBe(true);
		expect(JSON.parse(stored.get('own') ?? '')).toEqual(config);
		// Under its old name the line was switched off.
		expect(changed).toEqual([{ linesOff: ['other'] }]);
		expect(setup.judge(config).changes.none).toBe(true);
		setup.forget();
		expect([own.config.value, stored.size, setup.isOwn()]).toEqual([undefined, 0, false]);
	});

	it('is shared in a link that another phone accepts, without what is this site’s alone', () => {
		const { setup } = stage();
		const { link, leftOut, useful } = setup.toShare();
		expect(link.startsWith(`${BASE}setup/#setup=`)).toBe(true);
		expect(leftOut).toEqual(['lines[0].gateway', 'dialling.confirm']);
		expect(useful).toBe(true);
		const read = readSetupFragment(new URL(link).hash);
		if (!read.ok) throw new Error(read.error.why);
		expect(stage({ source: 'none' }).setup.judge(read.value).fits).toBe(true);
		expect(stage({ source: 'none' }).setup.toShare().useful).toBe(false);
	});
});
