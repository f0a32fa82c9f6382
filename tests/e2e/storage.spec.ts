import { expect, test } from './fixtures.ts';

const REFUSALS = [
	{
		what: 'IndexedDB refuses to open',
		refuse: () => {
			IDBFactory.prototype.open = () => {
				throw new DOMException('The operation is insecure.', 'SecurityError');
			};
		}
	},
	{
		what: 'IndexedDB never answers',
		refuse: () => {
			IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
		}
	},
	{
		what: 'there is no storage at all',
		refuse: () => {
			for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
				Object.defineProperty(window, name, {
					get() {
						throw new DOMException('The operation is insecure.', 'SecurityError');
					}
				});
			}
		}
	},
	{
		what: 'every write is over the quota',
		refuse: () => {
			const full = () => {
				throw new DOMException('Quota exceeded.', 'QuotaExceededError');
			};
			Storage.prototype.setItem = full;
			IDBObjectStore.prototype.put = full;
			IDBObjectStore.prototype.add = full;
		}
	}
];

for (const { what, refuse } of REFUSALS) {
	test(`calls work where ${what}, and the history lasts as long as the page`, async ({ phone, context }) => {
		await context.addInitScript(refuse);
		await phone.open();
		await phone.talks('1');
		await phone.isAudible();
		await phone.hangUp();
		await phone.close();
		await phone.go('History');
		await expect(phone.rows).toHaveCount(1, { timeout: 10_000 });
		await expect(phone.page.getByText('This browser refuses storage.')).toBeVisible();
	});
}
