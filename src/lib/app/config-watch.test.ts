import { describe, expect, it } from 'vitest';
import { PENDING_CONFIG, type ConfigState } from '#lib/config/config.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import type { WrittenConfig } from '#lib/config/own-config.ts';
import { ConfigWatch } from './config-watch.ts';

class Timers {
	readonly due: { readonly ms: number; readonly task: () => void }[] = [];
	readonly clock: Clock = {
		now: () => 0,
		monotonic: () => 0,
		after: (ms, task) => {
			const entry = { ms, task };
			this.due.push(entry);
			return () => {
				const at = this.due.indexOf(entry);
				if (at >= 0) this.due.splice(at, 1);
			};
		}
	};
}

function watch(answers: string[]) {
	const timers = new Timers();
	const scope = new Scope();
	const asked: string[] = [];
	const own = new Cell<WrittenConfig | undefined>(undefined);
	const config = new ConfigWatch({
		clock: timers.clock,
		log: () => {},
		scope,
		own,
		base: 'https://a.example/softphone/',
		storage: () => undefined,
		fetch: (url) => {
			asked.push(url instanceof URL ? url.href : '');
			const text = answers.length > 1 ? answers.shift() : answers[0];
			return Promise.resolve(new Response(text, { status: 200 }));
		}
	});
	const seen: ConfigState[] = [];
	config.state.watch((state) => seen.push(state));
	return { config, timers, scope, asked, seen, own };
}

const practice = { id: 'practice', kind: 'practice' };

describe('ConfigWatch', () => {
	it('is pending until the file has been read, beside index.html', async () => {
		const { config, asked } = watch(['{}']);
		expect(config.state.value).toBe(PENDING_CONFIG);
		await config.read();
		expect(asked).toEqual(['https://a.example/softphone/config.json']);
		expect(config.state.value.source).toBe('none');
		expect(config.lines.map(({ settings }) => settings.id)).toEqual(['practice']);
	});

	it('loses nothing when the file does not arrive again, and asks for it as often as before', async () => {
		const file = { lines: [practice], configRefreshMinutes: 5, kiosk: { buttons: [], onDuty: true } };
		const { config, timers, asked } = watch([JSON.stringify(file), '<html>maintenance</html>']);
		await config.read();
		const { lines } = config;
		timers.due[0]?.task();
		await config.read();
		expect(config.state.value).toMatchObject({ source: 'last-good', error: { fault: 'config.not-json' } });
		expect(config.state.value.config.kiosk).toMatchObject({ onDuty: true });
		expect(config.lines.map(({ settings }) => settings)).toEqual(lines.map(({ settings }) => settings));
		expect(asked).toHaveLength(2);
		expect(timers.due.map(({ ms }) => ms)).toContain(300_000);
	});

	it('keeps the lines that are in order, and the problems of the others with those of the file', async () => {
		const file = {
			nmae: 'typo',
			lines: [practice, { id: 'desk', kind: 'twilio' }, { id: 'x', kind: 'carrier-pigeon' }]
		};
		const { config } = watch([JSON.stringify(file)]);
		await config.read();
		expect(config.lines.map(({ settings }) => settings.id)).toEqual(['practice']);
		const paths = config.state.value.problems.map(({ path }) => path);
		expect(paths).toEqual(expect.arrayContaining(['nmae', 'lines[1].token', 'lines[2].kind']));
	});

	it('is read again as often as it says, and tells only of changes', async () => {
		const every5 = JSON.stringify({ lines: [practice], configRefreshMinutes: 5 });
		const never = JSON.stringify({ lines: [practice], name: 'Acme' });
		const { config, timers, seen, asked } = watch([every5, every5, never]);
		await config.read();
		expect(timers.due.map(({ ms }) => ms)).toContain(300_000);
		await config.read();
		expect(seen).toHaveLength(1);
		expect(timers.due.filter(({ ms }) => ms === 300_000)).toHaveLength(1);
		await config.read();
		expect(seen.map(({ config: { name } }) => name)).toEqual(['Offhook', 'Acme']);
		expect(timers.due).toEqual([]);
		expect(asked).toHaveLength(3);
	});

	it('reads once for all who ask at the same time', async () => {
		const { config, asked } = watch(['{}']);
		await Promise.all([config.read(), config.read()]);
		expect(asked).toHaveLength(1);
	});

	it('takes what was set up on this device at once, and not where the file closes that', async () => {
		const locked = JSON.stringify({ lines: [practice], locked: ['setup'] });
		const { config, own, asked, seen } = watch(['{}', locked]);
		own.set({ name: 'Too early' });
		expect(seen).toEqual([]);
		await config.read();
		expect(config.state.value).toMatchObject({ source: 'own', config: { name: 'Too early' } });
		own.set({ name: 'Mine', lines: [{ ...practice, id: 'mine' }] });
		expect(config.lines.map(({ settings }) => settings.id)).toEqual(['mine']);
		expect(config.written).toEqual(own.value);
		expect(asked).toHaveLength(1);
		await config.read();
		expect(config.state.value).toMatchObject({ source: 'file', config: { name: 'Offhook' } });
		own.set({ name: 'Still mine' });
		expect(config.state.value.config.name).toBe('Offhook');
		expect(config.site?.raw).toEqual(JSON.parse(locked));
	});

	it('says nothing after its end, and waits for nothing', async () => {
		const { config, timers, scope, seen } = watch([
			JSON.stringify({ lines: [practice], configRefreshMinutes: 5 })
		]);
		await config.read();
		const reading = config.read();
		scope.end();
		await reading;
		expect(seen).toHaveLength(1);
		expect(timers.due).toEqual([]);
	});
});
