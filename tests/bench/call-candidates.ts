import type { Browser, Page } from '@playwright/test';
import { startExchange, type Exchange } from '../exchange/exchange.ts';
import { marksOf, withPage } from './browser.ts';
import { hostBareTwilio, hostPhoneOn } from './candidates.ts';

export interface CallCandidate {
	readonly name: 'bare' | 'phone';
	readonly url: string;
	readonly identity: string;
}

export interface CallBench {
	readonly exchange: Exchange;
	/** A page with nothing but the SDK; it and the phone have the same names for the same things. */
	readonly bare: CallCandidate;
	readonly phone: CallCandidate;
}

/** Both candidates on one exchange, while `use` runs. */
export async function withCallBench<T>(build: string, use: (bench: CallBench) => Promise<T>): Promise<T> {
	const exchange = await startExchange();
	const [bare, phone] = await Promise.all([hostBareTwilio(), hostPhoneOn(build, exchange, 'bench-phone')]);
	const query = new URLSearchParams({
		gateway: exchange.gateway,
		token: exchange.tokenUrl('good', { identity: 'bench-bare' })
	});
	try {
		return await use({
			exchange,
			bare: { name: 'bare', url: `${bare.url}?${query.toString()}`, identity: 'bench-bare' },
			phone: { name: 'phone', url: phone.url, identity: 'bench-phone' }
		});
	} finally {
		await Promise.all([bare.close(), phone.close(), exchange.close()]);
	}
}

/** A fresh page of the candidate, registered at the exchange; `prepare` comes before its first request. */
export function onRegistered<T>(
	browser: Browser,
	{ url }: CallCandidate,
	use: (page: Page) => Promise<T>,
	prepare?: (page: Page) => Promise<unknown>
): Promise<T> {
	return withPage(browser, async (page) => {
		await prepare?.(page);
		await page.goto(url);
		await marksOf(page, ['ready']);
		return use(page);
	});
}

/** The phone shows a call that has ended until someone closes it. */
export async function backToPad(page: Page): Promise<void> {
	const field = page.getByRole('textbox', { name: 'Number or name' });
	const close = page.getByRole('button', { name: 'Close', exact: true });
	await field.or(close).first().waitFor();
	if (await close.isVisible()) await close.click();
	await field.waitFor();
}

export async function dial(page: Page, number: string): Promise<void> {
	await page.getByRole('textbox', { name: 'Number or name' }).fill(number);
	await page.evaluate(() => window.offhookBench.reset());
	await page.getByRole('button', { name: 'Call', exact: true }).click();
}
