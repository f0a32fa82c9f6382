import { afterEach, expect, it, vi } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { Secret } from '#lib/core/secret.ts';
import { startPageLog } from './page-log.ts';

const clock: Clock = { now: () => 7, monotonic: () => 0, after: () => () => {} };
const JWT = `eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiJBQzEyMyJ9'.repeat(3)}.c2lnbmF0dXJlc2lnbmF0dXJl`;

afterEach(() => void vi.restoreAllMocks());

it('writes warnings and errors to the console, and only what is redacted', () => {
	const written: unknown[] = [];
	for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
		vi.spyOn(console, level).mockImplementation(
			(...words: unknown[]) => void written.push([level, ...words])
		);
	}
	const { log, buffer } = startPageLog(clock, new EventTarget(), new Scope());
	log('debug', 'one');
	log('info', 'two', { token: new Secret(JWT) });
	log('warn', 'three', { text: `Bearer ${JWT}` });
	log('error', `four ${JWT}`, { error: new LineError('call.lost', { cause: JWT }), token: new Secret(JWT) });
	expect(written).toMatchObject([
		['warn', 'three', {}],
		['error', expect.stringContaining('four'), {}]
	]);
	expect(JSON.stringify([written, buffer.entries()])).not.toContain('c2lnbmF0dXJl');
	expect(buffer.entries()).toHaveLength(4);
});

it('keeps what nobody caught, until its end', () => {
	const window = new EventTarget();
	const scope = new Scope();
	const { buffer } = startPageLog(clock, window, scope);
	window.dispatchEvent(Object.assign(new Event('error'), { error: new TypeError('oops'), message: 'oops' }));
	window.dispatchEvent(
		Object.assign(new Event('unhandledrejection'), { reason: new LineError('media.lost') })
	);
	expect(buffer.entries()).toMatchObject([
		{ level: 'error', what: 'uncaught', facts: { error: 'TypeError: oops' } },
		{ level: 'error', what: 'unhandled rejection', facts: { error: { fault: 'media.lost' } } }
	]);
	scope.end();
	window.dispatchEvent(Object.assign(new Event('error'), { error: new Error('late'), message: 'late' }));
	expect(buffer.entries()).toHaveLength(2);
});
