import { beforeEach, describe, expect, it } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import { FakeLine } from '#lib/core/testing.ts';
import { PhoneBench } from '#lib/core/testing-phone.ts';
import { KioskLines } from './lines.ts';

const MINUTE = 60_000;
const because = new LineError('twilio-signalling.silent');

class Counting extends FakeLine {
	reopened = 0;
	override reopen(): Promise<void> {
		this.reopened++;
		return this.reopened % 2 ? Promise.reject(because) : Promise.resolve();
	}
}

let bench: PhoneBench;
let line: Counting;
let isReachable: boolean;
let asked: number;
let watch: (minutes: number) => Promise<void>;

beforeEach(() => {
	bench = new PhoneBench();
	line = new Counting('gate', bench.clock);
	bench.phone.add(line);
	isReachable = true;
	asked = 0;
	const lines = new KioskLines({
		phone: bench.phone,
		clock: bench.clock,
		log: () => {},
		isReachable: () => {
			asked++;
			return Promise.resolve(isReachable);
		}
	});
	watch = async (minutes) => {
		for (let looks = 0; looks < minutes * 4; looks++) {
			await lines.look();
			await bench.clock.pass(MINUTE / 4);
		}
		await lines.look();
	};
});

describe('lines that should be ready', () => {
	it('are left alone as long as they are, and the network is not asked', async () => {
		await watch(60);
		expect([line.reopened, asked]).toEqual([0, 0]);
	});

	it.each(['lost', 'failed'] as const)(
		'are opened anew after three minutes, every five: %s',
		async (type) => {
			line.happens({ type, because });
			await watch(2.75);
			expect(line.reopened).toBe(0);
			await watch(0.25);
			expect(line.reopened).toBe(1);
			await watch(4.75);
			expect(line.reopened).toBe(1);
			await watch(0.25);
			expect(line.reopened).toBe(2);
		}
	);

	it('begin to count anew when they were ready meanwhile', async () => {
		line.happens({ type: 'lost', because });
		await watch(2.5);
		line.happens({ type: 'ready', receiving: true });
		await watch(1);
		line.happens({ type: 'lost', because });
		await watch(2.5);
		expect(line.reopened).toBe(0);
	});

	it('are not blamed for a network that is not there', async () => {
		isReachable = false;
		line.happens({ type: 'lost', because });
		await watch(30);
		expect(line.reopened).toBe(0);
		isReachable = true;
		await watch(0.25);
		expect(line.reopened).toBe(1);
	});

	it('are not touched in a call, nor when somebody has switched them off', async () => {
		const call = line.rings();
		line.happens({ type: 'lost', because });
		await watch(30);
		expect(line.reopened).toBe(0);
		call.ends('missed');
		line.happens({ type: 'closed' });
		await watch(30);
		expect(line.reopened).toBe(0);
	});
});
