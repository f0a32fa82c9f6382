import { readFileSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import * as prettier from 'prettier';
import type { GenericSchema } from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '#lib/config/config.ts';
import { DESCRIPTIONS } from '#lib/config/descriptions.ts';
import { parseConfig } from '#lib/config/parse-config.ts';
import { probeEntry, SECTIONS } from '#lib/config/sections.ts';
import { LINE_MODULES, readLines } from '#lib/lines/index.ts';
import { livekitEntry } from '#lib/lines/livekit/entry.ts';
import { practiceEntry } from '#lib/lines/practice/entry.ts';
import { twilioEntry } from '#lib/lines/twilio/entry.ts';

/** Run with UPDATE=1 to write the file anew. */
const FILE = new URL('../../static/config.schema.json', import.meta.url);
const LINES = { twilio: twilioEntry, livekit: livekitEntry, practice: practiceEntry };

interface Json {
	readonly [key: string]: unknown;
	readonly type?: string;
	readonly properties?: Readonly<Record<string, Json>>;
	readonly items?: Json;
	readonly oneOf?: readonly Json[];
}

const used = new Set<string>();

/** The schema with what people read, and with unknown keys refused: in an editor a typo should show. */
function described(schema: Json, at: string): Json {
	// The first name that is described wins: a kind's own, then that of every line, then that of every token block.
	const shared = at.replace(/^(twilio|livekit|practice)\./, 'line.');
	const block = /(?:^|[.\]])(token\..*)$/.exec(at)?.[1] ?? '';
	const name = [at, shared, block].find((key) => key in DESCRIPTIONS);
	if (name !== undefined) used.add(name);
	const isTop = at === '' || LINE_NAMES.includes(at) || at.endsWith('[]');
	if (name === undefined && !isTop) throw new Error(`no description of ${at}`);
	const properties = Object.entries(schema.properties ?? {}).map(([key, inner]) => {
		return [key, described(inner, at === '' ? key : `${at}.${key}`)] as const;
	});
	return {
		...(name === undefined ? {} : { description: DESCRIPTIONS[name] }),
		...schema,
		...(schema.properties ? { properties: Object.fromEntries(properties), additionalProperties: false } : {}),
		...(schema.items ? { items: described(schema.items, `${at}[]`) } : {})
	};
}

const LINE_NAMES = Object.keys(LINES);

const jsonOf = (schema: GenericSchema): Json => {
	const { $schema, ...json } = toJsonSchema(schema, {
		typeMode: 'input',
		errorMode: 'ignore'
	}) as unknown as Json;
	expect($schema).toBeTypeOf('string');
	return json;
};

function generate(): Json {
	const lines = Object.entries(LINES).map(([kind, entry]) => described(jsonOf(entry), kind));
	const sections = Object.entries(SECTIONS).map(([key, schema]): [string, Json] => {
		const standard = (DEFAULT_CONFIG as unknown as Json)[key];
		const isPlain = typeof standard !== 'object' || Array.isArray(standard);
		return [key, { ...jsonOf(schema), ...(standard !== undefined && isPlain ? { default: standard } : {}) }];
	});
	const root = described(
		{
			type: 'object',
			properties: {
				$schema: { type: 'string' },
				...Object.fromEntries(sections),
				lines: { type: 'array', default: [] },
				probes: { type: 'array', default: [], items: jsonOf(probeEntry) }
			}
		},
		''
	);
	const { properties } = root;
	return {
		$schema: 'http://json-schema.org/draft-07/schema#',
		title: 'config.json of Offhook',
		...root,
		properties: { ...properties, lines: { ...properties?.['lines'], items: { oneOf: lines } } }
	};
}

/** The part of JSON Schema that the file uses. Returns the first place that is wrong. */
function violation(schema: Json, value: unknown, path = '$'): string | undefined {
	if (schema.oneOf) {
		return schema.oneOf.filter((one) => !violation(one, value, path)).length === 1 ? undefined : path;
	}
	const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
	const wanted = schema.type === 'integer' ? 'number' : schema.type;
	if (schema['anyOf'])
		return (schema['anyOf'] as Json[]).some((one) => !violation(one, value, path)) ? undefined : path;
	if (wanted !== undefined && wanted !== kind) return path;
	if ('const' in schema && schema['const'] !== value) return path;
	if (schema['enum'] && !(schema['enum'] as unknown[]).includes(value)) return path;
	if (
		typeof value === 'string' &&
		schema['pattern'] &&
		!new RegExp(schema['pattern'] as string, 'u').test(value)
	)
		return path;
	if (typeof value === 'number') {
		if (schema.type === 'integer' && !Number.isInteger(value)) return path;
		if (value < Number(schema['minimum'] ?? value) || value > Number(schema['maximum'] ?? value)) return path;
	}
	if (Array.isArray(value)) {
		if (
			value.length < Number(schema['minItems'] ?? 0) ||
			value.length > Number(schema['maxItems'] ?? Infinity)
		)
			return path;
		return firstOf(
			value.map((one, i) => (schema.items ? violation(schema.items, one, `${path}[${i}]`) : undefined))
		);
	}
	if (kind !== 'object') return undefined;
	const fields = value as Readonly<Record<string, unknown>>;
	const missing = ((schema['required'] ?? []) as string[]).find((key) => !(key in fields));
	if (missing !== undefined) return `${path}.${missing}`;
	const rest = schema['additionalProperties'];
	return firstOf(
		Object.entries(fields).map(([key, one]) => {
			const inner = schema.properties?.[key] ?? (typeof rest === 'object' ? (rest as Json) : undefined);
			if (inner) return violation(inner, one, `${path}.${key}`);
			return rest === false ? `${path}.${key}` : undefined;
		})
	);
}

const firstOf = (places: readonly (string | undefined)[]) => places.find((place) => place !== undefined);

/** The example of the documentation, word by word. */
const EXAMPLE = {
	$schema: './config.schema.json',
	name: 'Acme phone',
	lines: [
		{
			id: 'desk',
			kind: 'twilio',
			label: 'Support desk',
			token: { url: 'https://tokens.example.com/twilio' },
			identity: 'alice',
			edges: ['roaming'],
			gateway: 'localhost:8443',
			incoming: true,
			expect: { twimlAppSid: 'AP…', accountSid: 'AC…' },
			dial: { numberParam: 'To', callerIdParam: 'CallerId', callerIds: ['+15550100'], params: {} }
		},
		{
			id: 'agent',
			kind: 'livekit',
			label: 'Voice agent',
			serverUrl: 'wss://example.livekit.cloud',
			token: { url: 'https://tokens.example.com/livekit' },
			identity: 'alice',
			room: 'call-{random}',
			agent: { name: 'support', metadata: {}, expected: true, joinWithinSeconds: 20 }
		},
		{ id: 'practice', kind: 'practice', label: 'Practice line' }
	],
	probes: [
		{
			id: 'voice-proxy',
			label: 'Voice proxy',
			url: 'wss://voice.example.com/stream',
			token: { url: 'https://app.example.com/api/session' },
			query: { token: '{token}', agentId: 'demo' },
			alternatives: ['wss://voice-proxy.example.workers.dev/stream'],
			expect: { message: 'connected', withinSeconds: 5 }
		}
	],
	dialling: { country: 'US', allow: ['+1*', 'client:*'], confirm: ['+1900*'], emergency: ['911', '112'] },
	kiosk: {
		buttons: [{ label: 'Reception', to: '+15550100', line: 'desk' }],
		autoAnswer: ['client:gate'],
		idleResetSeconds: 60,
		maxCallSeconds: 900,
		pinHash: 'pbkdf2-sha256$600000$<salt>$<hash>',
		wipeHistory: true,
		onDuty: false,
		reloadAt: '03:30',
		selfTestAt: '04:00'
	},
	history: { keepDays: 90 },
	theme: { accent: '#0a6cff', scheme: 'auto' },
	language: 'auto',
	locked: ['settings'],
	embed: { origins: ['https://crm.example.com'] },
	configRefreshMinutes: 0,
	checkup: { controlUrl: null }
};

describe('the published schema', () => {
	let schema: Json;
	beforeAll(() => {
		schema = generate();
	});

	test('is what the phone reads by (UPDATE=1 writes it anew)', async () => {
		const options = (await prettier.resolveConfig(FILE)) ?? {};
		const text = await prettier.format(JSON.stringify(schema), {
			...options,
			filepath: 'config.schema.json'
		});
		if (process.env['UPDATE'] === '1') writeFileSync(FILE, text);
		expect(readFileSync(FILE, 'utf8')).toBe(text);
	});

	test('describes every key, and nothing else', () => {
		expect(Object.keys(DESCRIPTIONS).filter((key) => !used.has(key))).toEqual([]);
	});

	test('knows every kind of line that the phone carries', () => {
		expect(LINE_NAMES).toEqual(expect.arrayContaining(LINE_MODULES.map(({ kind }) => kind)));
	});

	test('the example is in order, for the schema and for the phone', () => {
		expect(violation(schema, EXAMPLE)).toBeUndefined();
		const { config, problems } = parseConfig(EXAMPLE);
		expect(problems).toEqual([]);
		expect(config).toMatchObject({ name: 'Acme phone', kiosk: EXAMPLE.kiosk, dialling: EXAMPLE.dialling });
		expect(readLines(config.lines)).toMatchObject({
			problems: [],
			lines: [{ kind: 'twilio' }, { kind: 'livekit' }, { kind: 'practice' }]
		});
	});

	test('static/config.json, which whoever has a copy of this repository may have filled in, is in order', () => {
		const own: unknown = JSON.parse(
			readFileSync(new URL('../../static/config.json', import.meta.url), 'utf8')
		);
		const { config, problems } = parseConfig(own);
		expect([...problems, ...readLines(config.lines).problems]).toEqual([]);
		expect(violation(schema, own)).toBeUndefined();
	});

	test.each([
		[{ nmae: 'x' }, '$.nmae'],
		[{ theme: { scheme: 'blue' } }, '$.theme.scheme'],
		[{ history: { keepDays: 1.5 } }, '$.history.keepDays'],
		[{ lines: [{ id: 'a', kind: 'sip' }] }, '$.lines[0]'],
		[{ lines: [{ id: 'a', kind: 'twilio' }] }, '$.lines[0]'],
		[
			{ probes: [{ id: 'a', url: 'wss://a.example', expect: { withinSeconds: 0 } }] },
			'$.probes[0].expect.withinSeconds'
		],
		[{ checkup: { controlUrl: 5 } }, '$.checkup.controlUrl']
	])('%j is wrong at %s', (config, path) => {
		expect(violation(schema, config)).toBe(path);
	});
});
