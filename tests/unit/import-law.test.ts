import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';

// The laws need no types, so that a snippet may pretend to be a file that does not exist.
let eslint: ESLint;
beforeAll(() => {
	eslint = new ESLint({
		cwd: `${import.meta.dirname}/../..`,
		overrideConfig: [
			ts.configs.disableTypeChecked,
			{ languageOptions: { parserOptions: { projectService: false } } }
		] as ESLint.Options['overrideConfig']
	});
});

/** The rules that a file of this content breaks, without repetition. */
async function broken(filePath: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath });
	return [...new Set(result?.messages.map(({ ruleId, message }) => ruleId ?? message))];
}

const LAW = 'house/import-law';
const SYNTAX = 'no-restricted-syntax';
const GLOBALS = 'no-restricted-globals';
const imports = (specifier: string) => `import { x } from '${specifier}';\nexport const y: unknown = x;\n`;
const svelteImports = (specifier: string) =>
	`<script lang="ts">\nimport { x } from '${specifier}';\n</script>\n<p>{x}</p>\n`;

describe('the import law', () => {
	it.each([
		['core reaches into config', 'src/lib/core/a.ts', '#lib/config/config.ts'],
		['core uses a package', 'src/lib/core/a.ts', 'valibot'],
		['core uses Svelte', 'src/lib/core/a.ts', 'svelte'],
		['config reaches into browser', 'src/lib/config/a.ts', '#lib/browser/clock.ts'],
		['the command for PINs reaches further', 'src/lib/config/pin-command.ts', '#lib/browser/clock.ts'],
		['browser uses words', 'src/lib/browser/a.ts', '#lib/words/messages.js'],
		['browser uses Svelte', 'src/lib/browser/a.ts', 'svelte/reactivity'],
		['browser uses a vendor', 'src/lib/browser/a.ts', '@twilio/voice-sdk'],
		['diagnostics reaches into lines', 'src/lib/diagnostics/judge.ts', '#lib/lines/index.ts'],
		['a check reaches into browser', 'src/lib/diagnostics/checks/a.ts', '#lib/browser/clock.ts'],
		['a check uses words', 'src/lib/diagnostics/checks/a.ts', '#lib/words/messages.js'],
		['a gatherer reaches into a line', 'src/lib/diagnostics/gatherers/a.ts', '#lib/lines/twilio/line.ts'],
		['a line reaches into another kind', 'src/lib/lines/twilio/a.ts', '../practice/line.ts'],
		['a line reaches into browser', 'src/lib/lines/twilio/a.ts', '#lib/browser/clock.ts'],
		['a line uses words', 'src/lib/lines/practice/a.ts', '#lib/words/messages.js'],
		['a vendor outside sdk.ts', 'src/lib/lines/twilio/line.ts', '@twilio/voice-sdk'],
		[
			'a vendor by its files',
			'src/lib/lines/twilio/line.ts',
			'../../../../node_modules/@twilio/voice-sdk/x.js'
		],
		['another vendor in sdk.ts', 'src/lib/lines/twilio/sdk.ts', 'livekit-client'],
		['state reaches into lines', 'src/lib/state/a.svelte.ts', '#lib/lines/index.ts'],
		['state uses words', 'src/lib/state/a.svelte.ts', '#lib/words/messages.js'],
		['a page reaches into app', 'src/routes/history/+page.ts', '#lib/app/compose.ts'],
		['$lib', 'src/lib/app/a.ts', '$lib/core/line.ts'],
		['$app/stores', 'src/lib/state/a.svelte.ts', '$app/stores'],
		['$app/environment', 'src/lib/state/a.svelte.ts', '$app/environment'],
		['$env', 'src/lib/app/a.ts', '$env/static/public'],
		['$service-worker in a room', 'src/lib/app/a.ts', '$service-worker'],
		['the worker reaches into browser', 'src/lib/worker/a.ts', '#lib/browser/clock.ts'],
		['the worker writes files', 'src/lib/worker/a.ts', 'node:fs'],
		['a page reaches into the worker', 'src/lib/app/a.ts', '#lib/worker/shelf.ts'],
		['a room left by a relative path', 'src/lib/config/a.ts', '../core/line.ts'],
		['a room entered from routes by a relative path', 'src/routes/+page.ts', '../lib/state/app.ts'],
		['the own room through #lib', 'src/lib/core/a.ts', '#lib/core/line.ts'],
		['a package of the tests in the source', 'src/lib/core/a.ts', 'vitest'],
		['a test beside its source breaks the law', 'src/lib/core/a.test.ts', '#lib/browser/clock.ts'],
		['a room that the table does not know', 'src/lib/attic/a.ts', './b.ts']
	])('refuses: %s', async (_law, path, specifier) => {
		expect(await broken(path, imports(specifier))).toEqual([LAW]);
	});

	it.each([
		['a component reaches into browser', 'src/lib/components/A.svelte', '#lib/browser/clock.ts'],
		['a component uses code of config', 'src/lib/components/A.svelte', '#lib/config/config.ts'],
		['a component reaches into lines', 'src/lib/components/A.svelte', '#lib/lines/index.ts'],
		['a page reaches into app', 'src/routes/+page.svelte', '#lib/app/compose.ts']
	])('refuses in Svelte files: %s', async (_law, path, specifier) => {
		expect(await broken(path, svelteImports(specifier))).toEqual([LAW]);
	});

	it.each([
		['import()', `export const y = () => import('#lib/browser/clock.ts');\n`],
		['export from', `export { x } from '#lib/browser/clock.ts';\n`],
		['export *', `export * from '#lib/browser/clock.ts';\n`],
		['import type', `import type { X } from '#lib/browser/clock.ts';\nexport type Y = X;\n`]
	])('sees %s', async (_form, code) => {
		expect(await broken('src/lib/core/a.ts', code)).toEqual([LAW]);
	});

	it.each([
		['src/lib/core/a.ts', './line.ts'],
		['src/lib/core/a.test.ts', 'fast-check'],
		['src/lib/config/a.ts', '#lib/core/line.ts'],
		['src/lib/browser/a.ts', 'idb'],
		['src/lib/lines/index.ts', './twilio/meta.ts'],
		['src/lib/lines/twilio/line.ts', './sdk.ts'],
		['src/lib/lines/twilio/line.ts', '#lib/lines/module.ts'],
		['src/lib/lines/twilio/sdk.ts', '@twilio/voice-sdk'],
		['src/lib/lines/twilio/sdk.ts', '../../../../node_modules/@twilio/voice-sdk/esm/twilio/pstream.js'],
		['src/lib/diagnostics/gatherers/a.ts', '#lib/browser/clock.ts'],
		['src/lib/diagnostics/report.ts', '#lib/words/messages.js'],
		['src/lib/state/a.svelte.ts', 'svelte/reactivity'],
		['src/lib/app/compose.ts', '#lib/browser/clock.ts'],
		['src/service-worker.ts', '#lib/worker/phone-worker.ts'],
		['src/lib/worker/stamp/a.ts', 'node:fs'],
		['src/routes/history/+page.ts', './$types']
	])('lets %s import %s', async (path, specifier) => {
		expect(await broken(path, imports(specifier))).toEqual([]);
	});

	it.each([
		['src/routes/+layout.svelte', '#lib/app/compose.ts'],
		['src/routes/+layout.svelte', '../app.css'],
		['src/routes/+page.svelte', '#lib/components/DialPad.svelte'],
		['src/lib/components/A.svelte', '#lib/words/messages.js'],
		['src/lib/components/A.svelte', '$app/state']
	])('lets %s import %s', async (path, specifier) => {
		expect(await broken(path, svelteImports(specifier))).toEqual([]);
	});
});

describe('rooms of which only types are known', () => {
	it.each([
		['src/lib/components/a.ts', '#lib/config/config.ts'],
		['src/routes/a.ts', '#lib/config/config.ts'],
		['src/lib/components/a.ts', '#lib/diagnostics/types.ts'],
		['src/routes/a.ts', '#lib/diagnostics/types.ts']
	])('%s and %s', async (path, room) => {
		const types = `import type { Config } from '${room}';\nexport type C = Config;\n`;
		expect(await broken(path, types)).toEqual([]);
		expect(await broken(path, `export type C = import('${room}').Config;\n`)).not.toContain(LAW);
		expect(await broken(path, imports(room))).toEqual([LAW]);
	});
});

describe('pure rooms', () => {
	it.each([
		['the window', 'export const a = () => window.open;\n', GLOBALS],
		['the document', 'export const a = () => document.title;\n', GLOBALS],
		['the navigator', 'export const a = () => navigator.language;\n', GLOBALS],
		['the network', `export const a = () => fetch('/x');\n`, GLOBALS],
		['storage', `export const a = () => localStorage.getItem('x');\n`, GLOBALS],
		['timers', 'export const a = (f: () => void) => setTimeout(f, 1);\n', GLOBALS],
		['Date.now', 'export const a = () => Date.now();\n', SYNTAX],
		['new Date()', 'export const a = () => new Date();\n', SYNTAX],
		['AbortSignal.timeout', 'export const a = () => AbortSignal.timeout(1);\n', SYNTAX],
		['Math.random', 'export const a = () => Math.random();\n', SYNTAX]
	])('know nothing of %s', async (_what, code, rule) => {
		expect(await broken('src/lib/core/a.ts', code)).toEqual([rule]);
		expect(await broken('src/lib/config/a.ts', code)).toEqual([rule]);
		expect(await broken('src/lib/browser/a.ts', code)).toEqual([]);
	});

	it('may mention a browser type and read a given time', async () => {
		const code = 'export const a = (s: MediaStream, t: number) => [s.id, new Date(t).toISOString()];\n';
		expect(await broken('src/lib/core/a.ts', code)).toEqual([]);
	});
});

describe('bans', () => {
	const svelte = (markup: string) => `<script lang="ts">\n\tlet x = '';\n</script>\n${markup}\n`;

	it.each([
		['{@html}', 'src/lib/components/A.svelte', svelte('{@html x}'), 'svelte/no-at-html-tags'],
		['innerHTML', 'src/lib/browser/a.ts', `document.body.innerHTML = 'x';\n`, SYNTAX],
		['outerHTML', 'src/lib/browser/a.ts', `document.body.outerHTML = 'x';\n`, SYNTAX],
		[
			'insertAdjacentHTML',
			'src/lib/app/a.ts',
			`document.body.insertAdjacentHTML('beforeend', 'x');\n`,
			SYNTAX
		],
		['document.write', 'src/lib/browser/a.ts', `document.write('x');\n`, SYNTAX],
		['eval', 'src/lib/browser/a.ts', `eval('x');\n`, 'no-eval'],
		['new Function', 'src/lib/browser/a.ts', `export const f: unknown = new Function('x');\n`, 'no-new-func'],
		['any', 'src/lib/core/a.ts', 'export const a = (b: any) => b;\n', '@typescript-eslint/no-explicit-any'],
		[
			'!',
			'src/lib/core/a.ts',
			'export const a = (b?: string) => b!;\n',
			'@typescript-eslint/no-non-null-assertion'
		],
		[
			'@ts-ignore',
			'src/lib/core/a.ts',
			'// @ts-ignore\nexport const a = 1;\n',
			'@typescript-eslint/ban-ts-comment'
		],
		[
			'@ts-nocheck',
			'src/lib/core/a.ts',
			'// @ts-nocheck\nexport const a = 1;\n',
			'@typescript-eslint/ban-ts-comment'
		],
		['301 lines', 'src/lib/core/a.ts', '\n'.repeat(300) + 'export const a = 1;', 'max-lines'],
		['an object at module level', 'src/lib/browser/a.ts', 'export const a = new AudioContext();\n', SYNTAX],
		['a plain Error from a line', 'src/lib/lines/twilio/a.ts', `throw new Error('x');\n`, SYNTAX],
		[
			'a secret revealed on the screen',
			'src/lib/state/a.ts',
			'export const a = (s: { reveal(): string }) => s.reveal();\n',
			SYNTAX
		],
		['runes outside state', 'src/lib/components/a.svelte.ts', 'export const a = 1;\n', SYNTAX],
		['the console', 'src/lib/app/a.ts', `console.log('x');\n`, 'no-console'],
		['it.only', 'tests/unit/a.test.ts', `it.only('x', () => {});\n`, SYNTAX],
		['test.skip', 'tests/e2e/a.spec.ts', `test.skip('x', () => {});\n`, SYNTAX],
		['test.describe.only', 'tests/e2e/a.spec.ts', `test.describe.only('x', () => {});\n`, SYNTAX],
		['a skipped test beside its source', 'src/lib/core/a.test.ts', `it.skip('x', () => {});\n`, SYNTAX]
	])('%s', async (_what, path, code, rule) => {
		expect(await broken(path, code)).toContain(rule);
	});
});
