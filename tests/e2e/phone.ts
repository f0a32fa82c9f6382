import { expect, type Locator, type Page } from '@playwright/test';

/** The phone as people and assistive technology find it: by the roles and names that the product promises. */
export class Phone {
	readonly page: Page;
	readonly number: Locator;
	readonly pad: Locator;
	readonly call: Locator;
	readonly state: Locator;
	readonly time: Locator;
	readonly incoming: Locator;
	readonly line: Locator;
	/** Of the history. */
	readonly rows: Locator;

	constructor(page: Page) {
		this.page = page;
		this.number = page.getByRole('textbox', { name: 'Number or name', exact: true });
		this.pad = page.getByRole('group', { name: 'Dial pad', exact: true });
		this.call = this.button('Call');
		this.state = page.getByRole('status', { name: 'Call state', exact: true });
		this.time = page.getByRole('timer', { name: 'Call time', exact: true });
		this.incoming = page.getByRole('alertdialog');
		this.line = page.getByRole('combobox', { name: 'Line', exact: true });
		this.rows = page.getByRole('main').getByRole('listitem');
	}

	button(name: string): Locator {
		return this.page.getByRole('button', { name, exact: true });
	}

	status(line: string): Locator {
		return this.page.getByRole('status', { name: line, exact: true });
	}

	region(who: string): Locator {
		return this.page.getByRole('region', { name: `Call with ${who}`, exact: true });
	}

	incomingFrom(who: string): Locator {
		return this.page.getByRole('alertdialog', { name: `Incoming call from ${who}`, exact: true });
	}

	/** Opens the phone; resolves when the line says so. */
	async open(path = './', line = 'Practice line', state: string | RegExp = 'Ready'): Promise<void> {
		await this.page.goto(path);
		await expect(this.status(line)).toHaveText(state, { timeout: 15_000 });
	}

	async dial(number: string): Promise<void> {
		await this.number.fill(number);
		await this.call.click();
	}

	async reaches(state: string | RegExp, timeout = 15_000): Promise<void> {
		await expect(this.state).toHaveText(state, { timeout });
	}

	async talks(number: string): Promise<void> {
		await this.dial(number);
		await this.reaches('In call');
	}

	async hangUp(): Promise<void> {
		await this.button('Hang up').click();
		await this.reaches(/^Ended: /);
	}

	/** Lets the ended call go from the screen. */
	async close(): Promise<void> {
		await this.button('Close').click();
		await expect(this.number).toBeVisible();
	}

	async go(to: 'Phone' | 'History' | 'Settings'): Promise<void> {
		await this.page
			.getByRole('navigation', { name: 'Main', exact: true })
			.getByRole('link', { name: to, exact: true })
			.click();
		await expect(this.page.getByRole('heading', { level: 1, name: to, exact: true })).toBeAttached();
	}

	/** Loudest sample that has gone to a speaker in the last 1.5 s, 0 to 1. */
	loudest(): Promise<number | null> {
		return this.page.evaluate(() => window.witness.loudest());
	}

	async isAudible(): Promise<void> {
		await expect.poll(() => this.loudest(), { timeout: 10_000 }).toBeGreaterThan(0.02);
	}

	async isSilent(): Promise<void> {
		await expect.poll(() => this.loudest(), { timeout: 10_000 }).toBeLessThan(0.001);
	}

	/** All that the page has open. */
	live(): Promise<{ readonly tracks: number; readonly peers: number; readonly sockets: number }> {
		return this.page.evaluate(() => window.witness.live());
	}
}
