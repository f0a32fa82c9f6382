import { expect, type Page } from '@playwright/test';

/** All that the screens of the phone are made of. */
export const OWN_KINDS =
	'a aside b bdi br button caption circle code dd details dialog div dl dt fieldset figcaption figure footer form g h1 h2 h3 h4 header hr i img input kbd label legend li line link main meter nav ol optgroup option output p path pre progress rect section select small span strong summary svg table tbody td textarea th thead time title tr ul wbr'.split(
		' '
	);

declare global {
	interface Window {
		/** What strangers have done to the page; empty where their words are words. */
		harm: (kinds: readonly string[]) => string[];
	}
}

/** Puts `window.harm` into every page of the context. */
export const watchHarm = (page: Page) =>
	page.addInitScript(() => {
		// The page as it is served starts its program with a script.
		let served: readonly Element[] = [];
		addEventListener('DOMContentLoaded', () => (served = [...document.scripts]));
		window.harm = (kinds) => {
			const found = new Set<string>();
			if (window.witness.pwned > 0) found.add(`executed ${window.witness.pwned} times`);
			if ('pwned' in {}) found.add('polluted');
			const root = document.documentElement;
			if (root.scrollWidth > root.clientWidth) found.add(`${root.scrollWidth} px wide`);
			for (const one of document.body.querySelectorAll('*')) {
				if (served.includes(one)) continue;
				if (!kinds.includes(one.localName)) found.add(`<${one.localName}>`);
				for (const { name, value } of one.attributes) {
					if (name.startsWith('on') || ['srcdoc', 'srcset', 'ping', 'formaction', 'action'].includes(name))
						found.add(`<${one.localName} ${name}>`);
					if (name === 'style' && /url|@|expression/i.test(value)) found.add(`style ${value}`);
					if (!['href', 'src', 'xlink:href', 'data', 'poster'].includes(name)) continue;
					const { protocol, origin } = new URL(value, location.href);
					if (origin !== location.origin && protocol !== 'tel:') found.add(`${name} ${value}`);
				}
			}
			return [...found];
		};
	});

/** Nothing ran, nothing stands on the page that is not the phone's own, and nothing sticks out at its side. */
export async function expectNoHarm(page: Page, where: string): Promise<void> {
	expect(await page.evaluate((kinds) => window.harm(kinds), OWN_KINDS), where).toEqual([]);
}
