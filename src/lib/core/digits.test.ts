import { expect, test } from 'vitest';
import { FakeClock } from './testing.ts';
import { DigitQueue } from './digits.ts';

function queue(refuse?: string) {
	const clock = new FakeClock();
	const sent: (readonly [digit: string, at: number])[] = [];
	const digits = new DigitQueue(clock, (digit) => {
		if (digit === refuse) throw new Error('the line is down');
		sent.push([digit, clock.monotonic()]);
	});
	return { clock, sent, digits };
}

test('digits leave one at a time, wishes in their order, a pause being longer', async () => {
	const { clock, sent, digits } = queue();
	const done: string[] = [];
	void digits.push('12').then(() => done.push('first'));
	void digits.push('w#').then(() => done.push('second'));
	await clock.pass(499);
	expect(done).toEqual([]);
	await clock.pass(2000);
	expect(sent).toEqual([
		['1', 0],
		['2', 400],
		['#', 1300]
	]);
	expect(done).toEqual(['first', 'second']);
	expect(clock.waiting).toBe(0);
});

test('what is no digit is refused as a whole', async () => {
	const { sent, digits } = queue();
	await expect(digits.push('12x')).rejects.toMatchObject({ fault: 'address.invalid' });
	expect(sent).toEqual([]);
});

test('a digit that cannot be sent ends its wish, not the next', async () => {
	const { clock, sent, digits } = queue('2');
	const first = expect(digits.push('123')).rejects.toMatchObject({ fault: 'command.not-now' });
	const second = digits.push('4');
	await clock.pass(1300);
	await first;
	await second;
	expect(sent.map(([digit]) => digit)).toEqual(['1', '4']);
});

test('closing rejects what waits', async () => {
	const { clock, sent, digits } = queue();
	const waiting = expect(digits.push('123')).rejects.toMatchObject({ fault: 'command.not-now' });
	digits.close();
	await waiting;
	await clock.pass(1000);
	expect(sent.map(([digit]) => digit)).toEqual(['1']);
	await expect(digits.push('4')).rejects.toMatchObject({ fault: 'command.not-now' });
});
