import { makePinHash } from '../../src/lib/browser/pin.ts';
import { expect, type Page } from './fixtures.ts';

export const NAME = 'Hotel Sonne';
export const PIN = '246810';
const SALT = Uint8Array.from({ length: 16 }, (_, at) => at);
/** Few rounds: how long guessing takes is not what the stories are about. */
export const pinHash = (): Promise<string> => makePinHash(PIN, SALT, 1000);

/** A kiosk on the practice line. */
export const kioskOf = (kiosk: object): object => ({
	name: NAME,
	lines: [{ id: 'practice', kind: 'practice', label: 'Practice line' }],
	kiosk: { buttons: [{ label: 'Reception', to: '1' }], ...kiosk }
});

/** The screen of a kiosk as people find it. */
export class Kiosk {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	button(name: string) {
		return this.page.getByRole('button', { name, exact: true });
	}

	get lamp() {
		return this.page.getByRole('status', { name: 'State of the phone', exact: true });
	}

	get state() {
		return this.page.getByRole('status', { name: 'Call state', exact: true });
	}

	get pin() {
		return this.page.getByRole('textbox', { name: 'PIN', exact: true });
	}

	get staff() {
		return this.page.getByRole('heading', { level: 1, name: 'Maintenance', exact: true });
	}

	/** Opens it at an address and starts it with the tap that browsers want. */
	async start(address = './?kiosk'): Promise<void> {
		await this.page.goto(address);
		await this.button('Start the phone').click();
		await expect(this.lamp).toHaveText('Ready', { timeout: 15_000 });
	}

	async reaches(state: string | RegExp): Promise<void> {
		await expect(this.state).toHaveText(state, { timeout: 15_000 });
	}

	async hangUp(): Promise<void> {
		await this.button('Hang up').click();
		await this.reaches(/^Ended: /);
	}

	/** Five taps into the corner. */
	async knock(): Promise<void> {
		for (let tap = 0; tap < 5; tap++) await this.page.mouse.click(12, 12);
	}

	async enter(pin: string): Promise<void> {
		await expect(this.pin).toBeEditable();
		await this.pin.fill(pin);
		await this.button('OK').click();
	}

	/** Nothing of the ordinary phone is there. */
	async isAll(): Promise<void> {
		await expect(this.page.getByRole('navigation')).toHaveCount(0);
		await expect(this.page.getByRole('link')).toHaveCount(0);
		await expect(this.page.getByRole('textbox')).toHaveCount(0);
	}
}
