import { openRealTabs, type RealTabs } from '../support/real-tabs.ts';
import { expect, test as base, TWILIO_LABEL } from './fixtures.ts';
import { Phone } from './phone.ts';

interface Tabs {
	readonly real: RealTabs;
	/** The phone in one more tab, which is the one that is looked at. */
	open(): Promise<Phone>;
}

const test = base.extend<{ tabs: Tabs }>({
	tabs: async ({ served, setTwilioLine }, use) => {
		setTwilioLine();
		const real = await openRealTabs();
		await use({ real, open: async () => new Phone(await real.open(served.site.url)) });
		await real.close();
	}
});

/** A tab that is looked at takes over within 3 s; what a loaded machine needs on top has room. */
const TAKE_OVER = { timeout: 10_000 };

test('ten tabs, of which one after the other is frozen or killed: one registration, in the tab that is looked at', async ({
	tabs,
	exchange,
	identity
}) => {
	test.slow();
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	const all: Phone[] = [];
	for (let at = 0; at < 10; at++) all.push(await tabs.open());
	const [first, ...others] = all;
	if (!first) throw new Error('no tab');
	await expect.poll(mine).toMatchObject({ registered: true, sockets: 1, registers: 1 });

	// The owner is hidden, since the tenth tab is looked at; all that wait between them are frozen before it.
	for (const other of others.slice(0, 4)) await tabs.real.freeze(other.page);
	await tabs.real.freeze(first.page);
	await expect.poll(mine, TAKE_OVER).toMatchObject({ registered: true, sockets: 1, registers: 2 });
	const owner = async () => {
		const awake = all.filter((one) => !gone.has(one) && !frozen.has(one));
		for (const one of awake) {
			if ((await one.status(TWILIO_LABEL).textContent()) === 'Ready') return one;
		}
		return undefined;
	};
	const gone = new Set<Phone>();
	const frozen = new Set<Phone>([first, ...others.slice(0, 4)]);

	for (let round = 3; round <= 5; round++) {
		let next: Phone | undefined;
		await expect.poll(async () => (next = await owner()) !== undefined).toBe(true);
		if (!next) throw new Error('no owner');
		const looked = next === all.at(-1) ? all.at(-2) : all.at(-1);
		await looked?.page.bringToFront();
		if (round === 4) {
			await tabs.real.freeze(next.page);
			frozen.add(next);
		} else {
			await tabs.real.crash(next.page);
			gone.add(next);
		}
		await expect.poll(mine, TAKE_OVER).toMatchObject({ registered: true, sockets: 1, registers: round });
	}

	// Those that wake up find the phone elsewhere, and leave it there.
	for (const one of frozen) await tabs.real.thaw(one.page);
	await first.page.bringToFront();
	await expect(first.button('Use here')).toBeVisible();
	expect(mine()).toMatchObject({ registered: true, sockets: 1, registers: 5, mostRegistered: 1 });
});

test('a frozen owner lets go, and has the phone again when it was alone', async ({
	tabs,
	exchange,
	identity
}) => {
	const mine = () => exchange.phones().find((one) => one.identity === identity);
	const phone = await tabs.open();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
	const blank = await tabs.real.context.newPage();
	await blank.bringToFront();
	await tabs.real.freeze(phone.page);
	await expect.poll(mine).toMatchObject({ registered: false, sockets: 0 });
	await tabs.real.thaw(phone.page);
	await expect.poll(mine).toMatchObject({ registered: true, sockets: 1, registers: 2, mostRegistered: 1 });
	await phone.page.bringToFront();
	await expect(phone.status(TWILIO_LABEL)).toHaveText('Ready');
});
