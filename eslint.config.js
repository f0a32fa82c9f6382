import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// ── The import law ─────────────────────────────────────────────────────────────────────────────────────────────────
// One row a room, the first row that fits a file counts. `may`: rooms and files of src/lib that the room may import beside
// itself; `types`: those of which it may import types only; `packages`: what it may import from outside src. What is not
// listed is forbidden; docs/architecture.md says why. Paths are below src/lib, or below src where they begin with a slash.

const SVELTE = ['svelte', '$app/navigation', '$app/paths', '$app/state', '$app/env', '$app/types'];
const NUMBERS = 'libphonenumber-js';
const EVERY_ROOM = 'app browser components config core diagnostics lines state words'.split(' ');
const SHOWN = ['config', 'diagnostics'];
const PAGE = { may: ['components', 'core', 'state', 'words'], types: SHOWN, packages: SVELTE };
const LINE = ['core', 'config', 'lines/module.ts', 'diagnostics/types.ts', 'diagnostics/probes'];
const GATHERER = ['core', 'config', 'browser', 'diagnostics/types.ts', 'diagnostics/thresholds.ts'];

const LAW = [
	{ room: 'core', may: [], packages: [] },
	{ room: 'config/pin-command.ts', may: ['config', 'browser/pin.ts'], packages: ['node:process'] },
	{ room: 'config', may: ['core'], packages: ['valibot'] },
	{ room: 'browser', may: ['core', 'config'], packages: ['idb'] },
	{ room: 'diagnostics/gatherers', may: [...GATHERER, 'diagnostics/probes'], packages: [] },
	{ room: 'diagnostics/probes', may: GATHERER, packages: [] },
	{ room: 'diagnostics/report.ts', may: ['core', 'config', 'diagnostics', 'words'], packages: [] },
	{ room: 'diagnostics', may: ['core', 'config'], packages: [] },
	{ room: 'lines/twilio/sdk.ts', may: [...LINE, 'lines/twilio'], packages: ['@twilio/voice-sdk'] },
	{ room: 'lines/livekit/sdk.ts', may: [...LINE, 'lines/livekit'], packages: ['livekit-client'] },
	{ room: 'lines/twilio', may: LINE, packages: ['valibot'] },
	{ room: 'lines/livekit', may: LINE, packages: ['valibot'] },
	{ room: 'lines/practice', may: LINE, packages: ['valibot'] },
	{ room: 'lines', may: ['core', 'config', 'diagnostics/types.ts'], packages: ['valibot'] },
	{ room: 'state', may: ['core', 'config', 'diagnostics'], packages: [...SVELTE, NUMBERS, 'uqr'] },
	{ room: 'components', may: ['core', 'state', 'words'], types: SHOWN, packages: [...SVELTE, NUMBERS] },
	{ room: 'worker/stamp', may: ['worker'], packages: ['node:fs', 'node:path'] },
	{ room: 'worker', may: ['core'], packages: [] },
	{ room: 'app', may: EVERY_ROOM, packages: SVELTE },
	{ room: '/routes/+layout.svelte', ...PAGE, may: [...PAGE.may, 'app'] },
	{ room: '/routes', ...PAGE },
	{ room: '/service-worker.ts', may: ['core', 'worker'], packages: [] },
	{ room: '/hooks.client.ts', may: ['core', 'browser'], packages: ['@sveltejs/kit'] }
];

/** What tests that sit beside their source may use on top. */
const TEST_PACKAGES = ['vitest', 'fast-check', 'twilio'];

const SRC = resolve(import.meta.dirname, 'src');
const isTest = (path) => path.endsWith('.test.ts');
const within = (path, room) => path === room || path.startsWith(`${room}/`);
/** A file's path as the table writes it. */
const tablePath = (file) => {
	const below = relative(SRC, file).split(sep).join('/');
	return below.startsWith('lib/') ? below.slice('lib/'.length) : `/${below}`;
};
const rowOf = (path) => LAW.find((row) => within(path, row.room));

const importLaw = {
	meta: {
		type: 'problem',
		schema: [],
		messages: {
			noRow: '"{{path}}" is in no room of the import law (eslint.config.js).',
			room: 'Import law: {{room}} may not import {{target}}.',
			leave: 'Import law: leave a room through #lib/…, not by a relative path.',
			inside: 'Import law: inside a room the path is relative.'
		}
	},
	create(context) {
		const path = tablePath(context.filename);
		const row = rowOf(path);
		const report = (node, messageId, data = {}) => context.report({ node, messageId, data });
		if (!row) return { Program: (node) => report(node, 'noRow', { path }) };
		const top = (at) => at.split('/', at.startsWith('/') ? 2 : 1).join('/');

		/** A target inside src: `wanted` is written as in the table. */
		function checkRoom(node, wanted) {
			const { importKind, exportKind, type } = node.parent;
			const onlyTypes = importKind === 'type' || exportKind === 'type' || type === 'TSImportType';
			const allowed = [row.room, ...row.may, ...((onlyTypes && row.types) || [])];
			if (!allowed.some((room) => within(wanted, room)))
				report(node, 'room', { room: row.room, target: wanted });
		}
		function check(node, specifier) {
			if (specifier.startsWith('#lib/')) {
				const wanted = specifier.slice('#lib/'.length);
				if (rowOf(wanted)?.room === row.room) report(node, 'inside');
				else checkRoom(node, wanted);
			} else if (/^\.{1,2}\//.test(specifier)) {
				const target = resolve(dirname(context.filename), specifier).split(sep).join('/');
				const vendor = target.split('/node_modules/')[1];
				if (vendor) return checkPackage(node, vendor);
				const wanted = tablePath(target);
				if (/\.css$|^\/routes\/.*\/\$types$/.test(wanted)) return;
				if (top(wanted) !== top(path)) report(node, 'leave');
				else checkRoom(node, wanted);
			} else checkPackage(node, specifier);
		}
		function checkPackage(node, name) {
			const allowed = isTest(path) ? [...row.packages, ...TEST_PACKAGES] : row.packages;
			const fits = allowed.some((one) => within(name, one)) || (isTest(path) && name.startsWith('node:'));
			if (!fits) report(node, 'room', { room: row.room, target: name });
		}
		const from = (node) => node.source && check(node.source, String(node.source.value));
		return {
			ImportDeclaration: from,
			ExportNamedDeclaration: from,
			ExportAllDeclaration: from,
			ImportExpression: from,
			TSImportType: from
		};
	}
};

// ── Bans ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const NO_CLOCK = 'Pure rooms take the time from the Clock that they are given.';
const BAN = {
	html: [
		'AssignmentExpression > MemberExpression.left[property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
		'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment)$/]',
		"CallExpression[callee.object.name='document'][callee.property.name=/^write/]"
	].map((selector) => ({ selector, message: 'Foreign text is hostile: text nodes only.' })),
	singletons: [
		{
			selector:
				'Program > ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > NewExpression:not([callee.name=/^(Set|Map|RegExp)$/])',
			message: 'No object at module level: app/compose.ts makes it once and hands it on.'
		}
	],
	reveal: [
		{
			selector: "CallExpression[callee.property.name='reveal']",
			message:
				'Secrets are revealed at the wire only: in lines, browser and probes, and in core to read an expiry.'
		}
	],
	clock: [
		{ selector: "MemberExpression[object.name='Date'][property.name='now']", message: NO_CLOCK },
		{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: NO_CLOCK },
		{ selector: "MemberExpression[object.name='AbortSignal'][property.name='timeout']", message: NO_CLOCK },
		{
			selector: "MemberExpression[object.name='Math'][property.name='random']",
			message: 'Pure rooms are given their randomness.'
		}
	],
	plainErrors: [
		{
			selector: "ThrowStatement > NewExpression[callee.name='Error']",
			message: 'What leaves a line is a LineError with a fault from the closed list.'
		}
	],
	halfTests: [
		{
			selector:
				'MemberExpression[property.name=/^(only|skip|fixme|todo|skipIf|runIf|fails)$/]:matches([object.name=/^(it|test|describe|suite|bench)$/], [object.object.name=/^(it|test|describe|suite|bench)$/])',
			message: 'A test runs or is deleted.'
		}
	],
	runes: [
		{ selector: 'Program', message: 'Runes live in src/lib/state: *.svelte.ts files belong there alone.' }
	]
};

const PURE_ROOMS = ['src/lib/core', 'src/lib/config', 'src/lib/diagnostics'];
const IMPURE_DIAGNOSTICS = ['src/lib/diagnostics/gatherers', 'src/lib/diagnostics/probes'];
const all = (rooms) => rooms.map((room) => `${room}/**/*.ts`);
const TESTS = ['src/**/*.test.ts', 'tests/**/*.ts'];

/** Names that only a browser (or Node) has. Types such as MediaStream may be mentioned anywhere. */
const DOM_GLOBALS = [
	'window document navigator location history self globalThis process console alert confirm caches crypto performance',
	'fetch XMLHttpRequest WebSocket BroadcastChannel EventSource Notification Worker localStorage sessionStorage indexedDB',
	'setTimeout clearTimeout setInterval clearInterval requestAnimationFrame requestIdleCallback'
]
	.flatMap((names) => names.split(' '))
	.map((name) => ({ name, message: 'A pure room is given what it needs (core/ports.ts).' }));

const UNSAFE = ['argument', 'assignment', 'call', 'member-access', 'return'];
const NO_TYPES_ACROSS_SVELTE = Object.fromEntries(
	UNSAFE.map((use) => [`@typescript-eslint/no-unsafe-${use}`, 'off'])
);
const ban = (...bans) => ['error', ...bans.flat()];
const inSource = [BAN.html, BAN.singletons];

export default defineConfig(
	globalIgnores([
		'build*/',
		'**/.svelte-kit/',
		'**/node_modules/',
		'{test-results,playwright-report}/',
		'src/lib/words/',
		'messages/project.inlang/',
		// Its packages are installed on demand; without them its types cannot be judged.
		...(existsSync('tests/livekit/agent/node_modules') ? [] : ['tests/livekit/agent/'])
	]),
	js.configs.recommended,
	ts.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte']
			}
		},
		rules: {
			// TypeScript knows better which names exist.
			'no-undef': 'off',
			'max-lines': ['error', { max: 300 }],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-eval': 'error',
			'no-implied-eval': 'error',
			'no-new-func': 'error',
			'@typescript-eslint/ban-ts-comment': [
				'error',
				{ 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true, 'ts-check': true }
			],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// A method torn from its object fails at once here: classes keep their state in #private fields.
			'@typescript-eslint/unbound-method': 'off',
			// An async command turns what it throws into a rejection, also where it has nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: {
			'svelte/no-at-html-tags': 'error',
			'svelte/prefer-svelte-reactivity': 'off',
			// Types do not cross from one .svelte file to the next here; svelte-check sees them and is strict.
			...NO_TYPES_ACROSS_SVELTE
		}
	},
	{
		files: ['src/**/*.ts', 'src/**/*.svelte'],
		ignores: ['src/app.d.ts'],
		plugins: { house: { rules: { 'import-law': importLaw } } },
		rules: {
			'house/import-law': 'error',
			'no-console': 'error',
			'no-restricted-syntax': ban(...inSource, BAN.reveal)
		}
	},
	{
		files: all(PURE_ROOMS),
		ignores: [...all(IMPURE_DIAGNOSTICS), ...TESTS],
		rules: {
			'no-restricted-globals': ['error', ...DOM_GLOBALS],
			'no-restricted-syntax': ban(...inSource, BAN.reveal, BAN.clock)
		}
	},
	{
		files: ['src/lib/core/**/*.ts'],
		ignores: TESTS,
		rules: { 'no-restricted-syntax': ban(...inSource, BAN.clock) }
	},
	{
		files: ['src/lib/browser/**/*.ts', 'src/lib/diagnostics/probes/**/*.ts'],
		ignores: TESTS,
		rules: { 'no-restricted-syntax': ban(...inSource) }
	},
	{
		files: ['src/lib/lines/**/*.ts'],
		ignores: TESTS,
		rules: { 'no-restricted-syntax': ban(...inSource, BAN.plainErrors) }
	},
	{
		files: ['src/**/*.svelte.ts'],
		ignores: ['src/lib/state/**'],
		rules: { 'no-restricted-syntax': ban(BAN.runes) }
	},
	{
		files: TESTS,
		rules: {
			'no-restricted-syntax': ban(BAN.html, BAN.halfTests)
		}
	},
	{ files: ['**/*.{js,mjs}', 'docs/**/*.ts'], extends: [ts.configs.disableTypeChecked] },
	{
		// Twilio runs its Functions as CommonJS.
		files: ['docs/token-endpoints/twilio-functions/*.js'],
		rules: { '@typescript-eslint/no-require-imports': 'off' }
	}
);
