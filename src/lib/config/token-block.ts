import {
	check,
	exactOptional,
	object,
	picklist,
	pipe,
	record,
	regex,
	string,
	transform,
	unknown,
	type GenericSchema
} from 'valibot';
import type { TokenSettings } from './token-settings.ts';
import { allowedUrl, isRelative } from './url-rule.ts';

const TEMPLATE = /\{(identity|room|line|agentName)\}/;
const URL_FORM = 'https://… | http://localhost… | ./…';
const HEADER_FORM = 'abc (no {…})';
const PATH_FORM = 'data.token';

const dottedPath = pipe(string(PATH_FORM), regex(/^[^.\s]+(\.[^.\s]+){0,7}$/, PATH_FORM));

/** A token block as it is written (contract, section 2). */
export const tokenBlock = pipe(
	object({
		url: pipe(
			string(URL_FORM),
			check((text) => (allowedUrl(text) !== undefined || isRelative(text)) && !TEMPLATE.test(text), URL_FORM)
		),
		method: exactOptional(picklist(['POST', 'GET']), 'POST'),
		auth: exactOptional(object({ kind: picklist(['none', 'bearer', 'cookie']) }), { kind: 'none' }),
		headers: exactOptional(
			record(
				pipe(string(), regex(/^[\w!#$%&'*+.^`|~-]+$/, HEADER_FORM)),
				pipe(
					string(HEADER_FORM),
					// What fetch accepts as a header's value.
					regex(/^[\t\u0020-\u007e\u0080-\u00ff]*$/, HEADER_FORM),
					check((text) => !TEMPLATE.test(text), HEADER_FORM)
				)
			),
			{}
		),
		query: exactOptional(record(string(), string())),
		body: exactOptional(
			pipe(
				unknown(),
				check((body) => isShallow(body, 16), '… (≤ 16)')
			)
		),
		style: exactOptional(picklist(['snake', 'camel']), 'snake'),
		response: exactOptional(
			object({
				token: exactOptional(dottedPath),
				serverUrl: exactOptional(dottedPath),
				identity: exactOptional(dottedPath),
				error: exactOptional(dottedPath)
			}),
			{}
		)
	}),
	transform(({ auth, ...rest }): TokenSettings => ({ ...rest, auth: auth.kind }))
) satisfies GenericSchema<unknown, TokenSettings>;

function isShallow(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}
