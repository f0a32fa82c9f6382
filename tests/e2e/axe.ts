import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
	readonly id: string;
	readonly help: string;
	readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** No violation of WCAG 2.2 AA that axe can find on what the page shows now. `where` names it in the failure. */
export async function isAccessible(page: Page, where: string): Promise<void> {
	await settled(page);
	const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
	expect(inWords(violations), `accessibility of "${where}"`).toEqual([]);
}

/** The words on every kind of button can be read while the pointer is over it, too. */
export async function isReadableUnderPointer(page: Page, where: string): Promise<void> {
	const kinds = new Set<string>();
	for (const button of await page.locator('button:visible, a:visible').all()) {
		const kind = await button.evaluate((element) => `${element.tagName} ${element.className}`);
		if (kinds.has(kind)) continue;
		kinds.add(kind);
		await button.hover();
		await settled(page);
		await button.evaluate((element) => element.setAttribute('data-under-pointer', ''));
		const { violations } = await new AxeBuilder({ page })
			.include('[data-under-pointer]')
			.withRules(['color-contrast'])
			.analyze();
		await button.evaluate((element) => element.removeAttribute('data-under-pointer'));
		expect(inWords(violations), `"${kind}" under the pointer, ${where}`).toEqual([]);
	}
}

/** Colours in the middle of a transition are nobody's colours. */
async function settled(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const endless = (animation: Animation) => animation.effect?.getComputedTiming().endTime === Infinity;
		const ending = document.getAnimations().filter((animation) => !endless(animation));
		await Promise.allSettled(ending.map(({ finished }) => finished));
	});
}

const inWords = (violations: readonly Violation[]) =>
	violations.map(({ id, help, nodes }) => ({
		id,
		help,
		nodes: nodes.map(({ html, failureSummary = '' }) => `${html}\n${failureSummary}`)
	}));
