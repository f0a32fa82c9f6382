import { ownName } from '#lib/core/own-name.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { expect, type Page } from './fixtures.ts';
import { Phone } from './phone.ts';

/** What an attempt may use. */
export interface Stage {
	/** The phone, in a window that `host` has opened. */
	readonly page: Page;
	/** A page of the site that the configuration lets speak; its `phone` is that window. */
	readonly host: Page;
	readonly exchange: Exchange;
	readonly identity: string;
	/** Address of the phone, with its base. */
	readonly url: string;
	readonly base: string;
}

export interface Way {
	readonly what: string;
	/** Also tried while there is a call. */
	readonly inCall?: true;
	readonly attempt: (stage: Stage) => Promise<unknown>;
}

/** Somebody whom nobody wants to call. */
export const VICTIM = '+12025550101';
export const TO = encodeURIComponent(VICTIM);

/** The phone is opened with it. */
export const address = (query: string): Way => ({
	what: `the address ${query}`,
	attempt: async ({ page, url }) => {
		// A fragment alone would not load it anew.
		if (query.startsWith('#')) await page.goto('about:blank');
		await page.goto(url + query);
	}
});

/** What the host page does. */
export const host = (what: string, script: (data: readonly string[]) => void): Way => ({
	what,
	inCall: true,
	attempt: ({ host, url, base }) =>
		host.evaluate(script, [VICTIM, url, new URL(url).origin, ownName(base, 'phone')])
});

/** One more window of the phone, opened by the host page while the first one has the phone. */
export const oneMore = (what: string, features: string): Way => ({
	what,
	inCall: true,
	attempt: async ({ host, url }) => {
		const opening = host.waitForEvent('popup');
		const address = `${url}?to=${TO}&call=1`;
		const opened = await host.evaluateHandle(([address, features]) => open(address, 'more', features), [
			address,
			features
		] as const);
		const more = await opening;
		await expect(new Phone(more).button('Use here')).toBeVisible();
		await opened.evaluate((more, origin) => {
			for (const key of ['Enter', ' ']) more?.postMessage({ type: 'keydown', key }, origin);
		}, new URL(url).origin);
		await more.close();
	}
});

/** What a script does that has got into the phone's page, or into another one of its origin. */
export const inside = (what: string, script: (data: readonly string[]) => unknown): Way => ({
	what,
	inCall: true,
	attempt: ({ page, url, base }) =>
		page.evaluate(script, [
			VICTIM,
			url,
			new URL(url).origin,
			...['phone', 'history', 'erase', 'reach', 'settings', 'own-config'].map((thing) => ownName(base, thing))
		])
});

/** The same where the number stands in the field, and Call is one press away. */
export const pressing = (what: string, script: () => unknown): Way => ({
	what,
	attempt: async ({ page, url }) => {
		const phone = new Phone(page);
		await page.goto(`${url}?to=${TO}`);
		await expect(phone.number).toHaveValue('+1 202 555 0101');
		await phone.number.focus();
		await page.evaluate(script);
	}
});

/** The checkup's own button for a call to that number. */
export const testCall = (what: string, script: (form: HTMLFormElement) => unknown): Way => ({
	what,
	attempt: async ({ page, url }) => {
		await page.goto(`${url}diagnostics/`);
		const form = page.locator('form', { has: page.getByRole('button', { name: 'Test call', exact: true }) });
		await form.getByRole('textbox').fill(VICTIM);
		await form.evaluate(script as (form: Node) => unknown);
	}
});
