import { ownName } from '#lib/core/own-name.ts';
import { evilPage } from './evil.ts';
import { expect, test, type Phone } from './fixtures.ts';
import { expectNoHarm, OWN_KINDS, watchHarm } from './harm.ts';
import { HOSTILE, HOSTILE_LABELS, plainly } from './hostile.ts';
import { THINGS } from './names.ts';

const PRACTICE = { id: 'mine', kind: 'practice' };

/** The phone goes on: it takes a number and calls. */
async function isWell(phone: Phone): Promise<void> {
	await phone.page.goto('./');
	await expect(phone.status('Practice line')).toHaveText('Ready');
	await expectNoHarm(phone.page, 'afterwards');
	await phone.talks('1');
	await phone.hangUp();
}

test(`${HOSTILE.length} addresses of the phone prefill words, and dial nothing`, async ({ phone }) => {
	await watchHarm(phone.page);
	await phone.open();
	const harms = await phone.page.evaluate(
		async ([all, kinds]) => {
			const found: [string, string[]][] = [];
			for (const [at, words] of all.entries()) {
				const field = document.querySelector('main input');
				if (!(field instanceof HTMLInputElement)) return [['the number field is gone', [words]]];
				field.value = '';
				field.dispatchEvent(new Event('input', { bubbles: true }));
				const link = document.createElement('a');
				// What is longer no server answers.
				const part = encodeURIComponent(words.toWellFormed().slice(0, 2_000));
				link.href = `?n=${at}&to=${part}&line=${part}&${part}=${part}#${part}`;
				document.body.append(link);
				link.click();
				link.remove();
				while (!location.search.startsWith(`?n=${at}&`))
					await new Promise((resolve) => setTimeout(resolve, 0));
				await new Promise((resolve) => setTimeout(resolve, 0));
				const harm = window.harm(kinds);
				if (field.value.length > 256) harm.push('a number without an end');
				if (harm.length > 0) found.push([words.slice(0, 80), harm]);
			}
			return found;
		},
		[HOSTILE, OWN_KINDS] as const
	);
	expect(harms).toEqual([]);
	await expect(phone.state).toBeHidden();
	// As somebody comes from elsewhere.
	for (const words of HOSTILE.filter((_, at) => at % 12 === 0)) {
		const to = encodeURIComponent(words.toWellFormed().slice(0, 2_000));
		await phone.page.goto(`./?to=${to}&line=${to}#${to}`);
		await expect(phone.number).toBeEditable();
		expect((await phone.number.inputValue()).length).toBeLessThanOrEqual(256);
		await expectNoHarm(phone.page, words.slice(0, 80));
	}
	expect(await phone.page.evaluate(() => window.witness.made().microphones)).toBe(0);
	await isWell(phone);
});

test(`${2 * HOSTILE.length} set-up links and as many files are shown as text, and nothing is applied`, async ({
	phone
}) => {
	await watchHarm(phone.page);
	await phone.open('setup/');
	const config = (label: string, id: string) => ({ name: label, lines: [{ ...PRACTICE, label, id }] });
	const code = (text: string) => Buffer.from(text).toString('base64url');
	const links = HOSTILE.flatMap((words, at) => [
		code(words.slice(0, 40_000)),
		code(JSON.stringify(config(HOSTILE_LABELS[at] ?? '', 'mine')))
	]);
	const files = HOSTILE.flatMap((words, at) => {
		const short = words.slice(0, 1_000);
		return [
			words,
			JSON.stringify({
				format: 'offhook-settings/1',
				[short]: short,
				config: config(HOSTILE_LABELS[at] ?? '', short),
				settings: { language: short, line: words.slice(0, 400), [short]: short }
			})
		];
	});
	const harms = await phone.page.evaluate(
		async ([links, files, kinds]) => {
			const found: [string, string[]][] = [];
			const offered = (act: () => void) =>
				new Promise<Element>((resolve) => {
					const watching = new MutationObserver(() => {
						const offer = document.querySelector('main section h2[tabindex]')?.closest('section');
						if (!offer) return;
						watching.disconnect();
						resolve(offer);
					});
					watching.observe(document.body, { childList: true, subtree: true, attributes: true });
					act();
				});
			const look = async (text: string, act: () => void) => {
				const offer = await offered(act);
				const harm = window.harm(kinds);
				if (harm.length > 0) found.push([text.slice(0, 80), harm]);
				// Close, or Do not apply: what applies is the last of two.
				offer.querySelector('button')?.click();
				while (document.contains(offer)) await new Promise((resolve) => setTimeout(resolve, 0));
			};
			for (const link of links) await look(link, () => void (location.hash = `setup=${link}`));
			for (const file of files) {
				const field = document.querySelector('main input[type=file]');
				if (!(field instanceof HTMLInputElement)) return [['the field for files is gone', [file]]];
				const chosen = new DataTransfer();
				chosen.items.add(
					new File([file.toWellFormed()], `${file.slice(0, 100)}.json`, { type: 'text/html' })
				);
				const trouble = document.querySelector('main p[role=alert]');
				if (file.length > 256 * 1024) continue;
				field.files = chosen.files;
				await look(file, () => field.dispatchEvent(new Event('change', { bubbles: true })));
				if (trouble?.textContent) found.push([file.slice(0, 80), ['not read']]);
			}
			return found;
		},
		[links, files, OWN_KINDS] as const
	);
	expect(harms).toEqual([]);
	await phone.page
		.getByLabel('Open a file')
		.setInputFiles({ name: 'huge.json', mimeType: 'text/plain', buffer: Buffer.alloc(2_000_000, 'W') });
	await expect(phone.page.getByRole('main')).toContainText('256');
	await expectNoHarm(phone.page, 'a huge file');
	const kept = await phone.page.evaluate(() =>
		Object.keys(localStorage).filter((key) => key.endsWith(':own-config'))
	);
	expect(kept).toEqual([]);
	await isWell(phone);
});

test(`${HOSTILE.length} words of a neighbour are text in the history, and no word of anyone in storage and channels`, async ({
	phone,
	base,
	served
}) => {
	await watchHarm(phone.page);
	await phone.open();
	const evil = await evilPage(phone, served.evil);
	await evil.evaluate(
		async ([name, all]) => {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => resolve(opening.result);
				opening.onerror = () => reject(new Error('it does not open'));
			});
			const rows = database.transaction('rows', 'readwrite').objectStore('rows');
			const now = Date.now();
			for (const [at, words] of all.entries()) {
				const row = {
					id: `a${at}`,
					lineId: words,
					direction: 'in',
					startedAt: now - at,
					talkedMs: at * 1_000
				};
				const text = { address: words, name: words, outcome: 'missed', fault: words, reference: words };
				const strange = [-1, 0, 1e300, Number.MAX_SAFE_INTEGER, -8.64e15, 8.64e15, 1e16, 0.5];
				rows.put({ ...row, ...text, vendorCode: words });
				rows.put({ ...row, ...text, id: `d${at}`, outcome: words, ids: { [words]: words } });
				rows.put({ ...row, ...text, id: `b${at}`, name: '', outcome: 'failed', startedAt: now - at });
				rows.put({
					...row,
					...text,
					id: words,
					startedAt: strange[at % strange.length],
					talkedMs: strange[at % 8]
				});
				rows.put({ ...row, id: `c${at}`, address: [words], name: { toString: words }, startedAt: words });
			}
			await new Promise((resolve) => (rows.transaction.oncomplete = resolve));
		},
		[ownName(base, 'history'), HOSTILE] as const
	);
	await phone.page.goto('history/');
	let pages = 0;
	for (;;) {
		await expect(phone.rows).not.toHaveCount(0);
		await expectNoHarm(phone.page, `page ${pages}`);
		pages++;
		if (!(await phone.button('Older').isVisible())) break;
		await phone.button('Older').click();
	}
	// What is far too long, and what has no time, is not shown.
	expect(pages).toBeGreaterThan(10);
	await phone.page.getByLabel('Search').first().fill(plainly('script'));
	await expect(phone.rows).not.toHaveCount(0);
	await expectNoHarm(phone.page, 'what was found');
	await phone.page.goto('./');
	await expectNoHarm(phone.page, 'the latest calls');

	const things = [...THINGS, 'config', 'missed-seen', 'advice-seen'];
	await evil.evaluate(
		([names, all]) => {
			for (const name of names) {
				const channel = new BroadcastChannel(name);
				for (const words of all) {
					const short = words.slice(0, 5_000);
					channel.postMessage(short);
					channel.postMessage({ type: short, t: short, call: short, [short]: short });
					// That which would erase, as the phone itself says it, is another story's.
					if (name.endsWith(':own-config')) continue;
					localStorage.setItem(name, short);
					localStorage.setItem(
						name,
						JSON.stringify({ [short]: short, language: short, scheme: short, line: short })
					);
				}
			}
		},
		[things.map((thing) => ownName(base, thing)), HOSTILE] as const
	);
	// And earlier runs of the checkup, as they are kept.
	await evil.evaluate(
		([name, all]) => {
			const at = Date.now();
			const runs = all.flatMap((words, n) => {
				const run = {
					startedAt: at - n,
					durationMs: 1,
					verdict: 'blocked',
					stopped: false,
					marks: { [words]: words }
				};
				const findings = [{ cause: words, line: words, probe: words }];
				return [
					{ ...run, findings },
					{ ...run, findings: [null], startedAt: at + n },
					{ ...run, findings, verdict: words, startedAt: at + 1_000 + n },
					{ ...run, findings, startedAt: 1e300 }
				];
			});
			localStorage.setItem(name, JSON.stringify(runs));
		},
		[ownName(base, 'checkups'), HOSTILE.map((words) => words.slice(0, 500))] as const
	);
	await expect(phone.status('Practice line')).toHaveText('Ready');
	for (const path of ['settings/', 'diagnostics/', 'setup/']) {
		await phone.page.goto(path);
		await expect(phone.page.getByRole('main')).toBeVisible();
		await expectNoHarm(phone.page, path);
	}
	await isWell(phone);
});
