import { expect, it } from 'vitest';
import type { Call } from '#lib/core/line.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import { guardLeaving } from './leaving.ts';

it('asks before the page is closed while there is a call, and only then', () => {
	const calls = new Cell<readonly Call[]>([]);
	const window = new EventTarget();
	const scope = new Scope();
	guardLeaving({ calls }, window, scope);
	const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
	expect(asks()).toBe(false);
	calls.set([{} as Call]);
	calls.set([{} as Call, {} as Call]);
	expect(asks()).toBe(true);
	calls.set([]);
	expect(asks()).toBe(false);
	calls.set([{} as Call]);
	scope.end();
	expect(asks()).toBe(false);
});
