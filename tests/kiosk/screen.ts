import type { Page } from '@playwright/test';
import type { DayClock } from './day-clock.ts';

export const AUTO_CALLER = '+12025550177';
export const CALLER = '+12025550190';
/** A word of the first screen, and what it becomes in the next builds. */
export const WORDS = [
	'Touch the screen to call',
	'Touch this screen to call',
	'Tap the screen to call'
] as const;

/** Answers at once with a tone of its own, so that there is sound both ways in no time. */
const FAR_END = '+12025550110';
const BUTTON = 'Reception';
/** What has just appeared takes no tap (components/kiosk/deaf-at-first.ts). */
const DEAF_MS = 600;

/** The section of config.json that makes a phone this kiosk. The hour of the self-test comes twice in the day's night. */
export const KIOSK = {
	buttons: [
		{ label: BUTTON, to: FAR_END },
		{ label: 'Caretaker', to: '+12025550111' }
	],
	autoAnswer: [AUTO_CALLER],
	idleResetSeconds: 30,
	maxCallSeconds: 600,
	wipeHistory: true,
	onDuty: true,
	selfTestAt: '02:30',
	reloadAt: '03:30'
};

/** The kiosk as people use it: by what is written on it. */
export class KioskScreen {
	readonly #page: Page;
	readonly #clock: DayClock;

	constructor(page: Page, clock: DayClock) {
		this.#page = page;
		this.#clock = clock;
	}

	/** The first screen is up, in one of the words of the three builds, and its lamp says that it is ready. */
	async rests(): Promise<void> {
		await this.#page.waitForFunction(
			(words) => {
				const { textContent } = document.body;
				const lamp = document.querySelector('[role=status][aria-label="State of the phone"]');
				return lamp?.textContent?.trim() === 'Ready' && words.some((one) => textContent?.includes(one));
			},
			[...WORDS]
		);
	}

	/** Whether the lamp says now that the line is up, whatever else is on the screen. */
	async isReady(): Promise<boolean> {
		const lamp = this.#page.getByRole('status', { name: 'State of the phone' });
		return (await lamp.allTextContents()).some((text) => text.trim() === 'Ready');
	}

	async isOut(): Promise<void> {
		await this.#page.getByRole('heading', { name: 'This phone is out of service' }).waitFor();
	}

	/** The first touch only wakes it; then the button. */
	async dial(): Promise<void> {
		await this.#page.getByRole('button', { name: new RegExp(WORDS.join('|')) }).click();
		const button = this.#button(BUTTON);
		await button.waitFor();
		await this.#clock.pass(DEAF_MS);
		await button.click();
	}

	/** A call rings; resolves when it is on the screen. */
	async rings(): Promise<void> {
		await this.#page.getByRole('alertdialog').waitFor();
	}

	async answer(): Promise<void> {
		await this.#clock.pass(DEAF_MS);
		await this.#button('Answer').click();
	}

	async talks(): Promise<void> {
		await this.#shows('Call state', 'In call');
	}

	async hangUp(): Promise<void> {
		await this.#button('Hang up').click();
	}

	/** Whatever call was there is over. */
	async isFree(): Promise<void> {
		await this.#page.waitForFunction(
			() =>
				!document.querySelector('[role=alertdialog]') &&
				!document.querySelector('section[aria-label^="Call with"] .end')
		);
	}

	/** What the first screen says of the last self-test. */
	async tested(): Promise<string> {
		const words = this.#page.getByText(/^Self-test .+: /);
		await words.waitFor({ timeout: 60_000 });
		return (await words.textContent()) ?? '';
	}

	#button(name: string) {
		return this.#page.getByRole('button', { name, exact: true });
	}

	async #shows(name: string, text: string): Promise<void> {
		await this.#page.waitForFunction(
			([label, wanted]) =>
				[...document.querySelectorAll('[role=status]')].some(
					(one) => one.getAttribute('aria-label') === label && one.textContent?.trim() === wanted
				),
			[name, text] as const
		);
	}
}
