import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';

/** `offhook-report.json` as scripts read it. */
export interface Report {
	readonly format: string;
	readonly app: { readonly version: string; readonly commit: string };
	readonly language: string;
	readonly startedAt: string;
	readonly durationMs: number;
	readonly verdict: string;
	readonly causes: readonly {
		readonly cause: string;
		readonly line: string | null;
		readonly probe: string | null;
		readonly check: string;
		readonly outcome: string;
		readonly sure: string;
		readonly title: string;
		readonly why: string;
		readonly fix: readonly { readonly who: string; readonly do: string }[];
		readonly facts: object;
	}[];
	readonly checks: readonly {
		readonly check: string;
		readonly line: string | null;
		readonly probe: string | null;
		readonly outcome: string;
		readonly reason: string;
		readonly ms: number;
	}[];
	readonly evidence: { readonly page: object; readonly lines: object; readonly probes: object };
	readonly log: readonly unknown[];
}

/** The checkup's page, by the names that the product promises. */
export class CheckupPage {
	readonly page: Page;
	readonly run: Locator;
	readonly stop: Locator;
	readonly copy: Locator;
	readonly download: Locator;
	readonly findings: Locator;

	constructor(page: Page) {
		this.page = page;
		const button = (name: string) => page.getByRole('button', { name, exact: true });
		this.run = button('Run checks');
		this.stop = button('Stop');
		this.copy = button('Copy report');
		this.download = button('Download report');
		this.findings = page.getByRole('list', { name: 'Findings', exact: true }).locator('> li');
	}

	async open(query = ''): Promise<void> {
		await this.page.goto(`diagnostics/${query}`);
		await expect(this.run.or(this.stop)).toBeVisible();
	}

	/** Resolves when the run has ended. */
	async runs(): Promise<void> {
		await this.run.click();
		await this.ends();
	}

	async ends(): Promise<void> {
		await expect(this.download).toBeEnabled({ timeout: 50_000 });
		await expect(this.run).toBeVisible();
	}

	/** What is downloaded, as it is and read. */
	async report(): Promise<{ readonly text: string; readonly report: Report }> {
		const [download] = await Promise.all([this.page.waitForEvent('download'), this.download.click()]);
		expect(download.suggestedFilename()).toBe('offhook-report.json');
		const text = await readFile(await download.path(), 'utf8');
		return { text, report: JSON.parse(text) as Report };
	}
}
