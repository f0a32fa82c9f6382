import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '#lib/config/parse-config.ts';
import { readLines } from '#lib/lines/index.ts';
import { FILES } from '../token-endpoints/recipes.ts';

// What the README tells people to copy. The recipes themselves are run in token-recipes/.
const README = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');

describe('the token endpoints of the README', () => {
	it.each(FILES.filter((file) => file.startsWith('node/')))('%s is named', (file) => {
		expect(README).toContain(`(docs/token-endpoints/${file})`);
	});
});

describe('config.json of the README', () => {
	const blocks = [...README.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

	const kindsOf = (block: string) =>
		readLines(parseConfig(JSON.parse(block)).config.lines).lines.map(({ kind }) => kind);

	it('is there for every vendor', () => expect(blocks.flatMap(kindsOf)).toEqual(['twilio', 'livekit']));

	it.each(blocks)('is in order: %s', (block) => {
		const { config, problems } = parseConfig(JSON.parse(block));
		expect(problems).toEqual([]);
		expect(readLines(config.lines).problems).toEqual([]);
	});
});
