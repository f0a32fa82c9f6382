import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#lib/config/parse-config.ts';
import { readLines } from '#lib/lines/index.ts';
import { FILES, FOLDER } from '../../token-endpoints/recipes.ts';

// The recipes as files that somebody copies: short, explained, and complete.

const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const CODE = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
	.map((file) => file.replaceAll('\\', '/'))
	.filter((file) => /\.(js|mjs|ts)$/.test(file));

/** Settings that a platform sets itself. */
const GIVEN = /^(PORT|DOMAIN_NAME|PATH|SUPABASE_\w+|PER_PERSON|PER_ADDRESS|ACCOUNT_SID|AUTH_TOKEN)$/;
const ownFiles = (file: string) => {
	const imported = [...read(file).matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) =>
		join(file, '..', path).replaceAll('\\', '/')
	);
	return [file, ...imported];
};
const named = (text: string, shape: RegExp) => [...text.matchAll(shape)].map(([, name = '']) => name);
/** What the code reads, and what the beginning of a file explains. */
const used = (text: string) =>
	[
		...named(text, /\b(?:env|context)\.([A-Z][A-Z_]+)\b/g),
		...named(text, /\b([A-Z]+_[A-Z_]+)(?:: \w+)?(?=[ ,][^\n]*\} = (?:env|context);)/g),
		...named(text, /(?<=(?:'| )(?:[A-Z_]+ )*)([A-Z]+_[A-Z_]+|PEOPLE)(?=[ A-Z_]*')/g)
	].filter((name) => !GIVEN.test(name));
const explained = (text: string) => named(text, /^\/\/ {3}([A-Z_]+)=/gm);
const set = (names: readonly string[]) => [...new Set(names)].sort();

describe('docs/token-endpoints', () => {
	it('has a test for every recipe', () => {
		const parts = /(voice|door|session)\.js$/;
		expect(set(CODE.filter((file) => !parts.test(file)))).toEqual(set(FILES));
	});

	it.each(CODE)('%s has 120 lines at most', (file) => {
		expect(read(file).trimEnd().split('\n').length).toBeLessThanOrEqual(120);
	});

	it.each(FILES)('%s explains every setting that it reads, and no other', (file) => {
		const files = file.startsWith('twilio-functions') ? [file, 'twilio-functions/voice.js'] : ownFiles(file);
		const text = files.map(read).join('\n');
		expect(set(explained(text))).toEqual(set(used(text)));
		expect(set(used(text)).length).toBeGreaterThan(4);
	});

	it.each(['twilio', 'livekit'])(
		'wrangler.%s.jsonc has what the Worker reads besides its secrets',
		(kind) => {
			const config = JSON.parse(
				read(`cloudflare-worker/wrangler.${kind}.jsonc`).replace(/^\s*\/\/.*$/gm, '')
			) as {
				main: string;
				vars: object;
				ratelimits: { name: string; simple: object }[];
			};
			expect(config.main).toBe(`${kind}.js`);
			const text = ownFiles(`cloudflare-worker/${kind}.js`).map(read).join('\n');
			const secrets = /^(PEOPLE|TWILIO_(AUTH_TOKEN|API_KEY|API_SECRET)|LIVEKIT_API_(KEY|SECRET))$/;
			expect(set(Object.keys(config.vars))).toEqual(
				set(explained(text).filter((name) => !secrets.test(name)))
			);
			expect(config.ratelimits.map(({ name, simple }) => [name, simple])).toEqual([
				['PER_PERSON', { limit: 30, period: 60 }],
				['PER_ADDRESS', { limit: 120, period: 60 }]
			]);
		}
	);

	it.each(['door.js', 'voice.js'])('%s is the same for Cloudflare and for Supabase', (file) => {
		expect(read(`supabase/functions/_shared/${file}`)).toBe(read(`cloudflare-worker/${file}`));
	});

	it('shows a line in its README that the phone understands', () => {
		const block = /```json\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '';
		const { config, problems } = parseConfig(JSON.parse(block));
		expect([...problems, ...readLines(config.lines).problems]).toEqual([]);
		expect(config.lines).toHaveLength(1);
	});

	it('names every recipe in its README', () => {
		const readme = read('README.md');
		for (const file of FILES) expect(readme).toContain(`](${file})`);
	});
});
