import { hostOf } from '../reading/addresses.ts';
import { isGenuine, isReadable } from '../reading/attempts.ts';
import { fail, pass, skipped, unsure } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** What stands in a good answer of the token server: a token, at the place where the phone looks for it. */
export const tokenAnswer: Check<'line' | 'probe', 'token'> = {
	id: 'token-answer',
	scopes: ['line', 'probe'],
	needs: ['token'],
	explainedBy: ['token-endpoint'],
	judge({ token }) {
		const { asked, tokenForm, jwtElsewhereAt, keys = [], said } = token;
		if (!asked || !isReadable(asked) || asked.status >= 300) return skipped('depends-on-failed');
		if (!isGenuine(asked)) return unsure('answered-by-service-worker');
		const facts = { host: hostOf(asked.url), address: asked.url, status: asked.status };
		if (asked.body === 'too-large') return fail('token-endpoint.too-large', 'certain', facts);
		if (token.claims || tokenForm === 'jwt' || tokenForm === 'text') return pass;
		if (jwtElsewhereAt !== undefined)
			return fail('token-endpoint.token-elsewhere', 'certain', { ...facts, path: jwtElsewhereAt });
		if (asked.body === 'html' || asked.body === 'text' || asked.body === 'unreadable')
			return fail('token-endpoint.not-json', 'certain', {
				...facts,
				body: asked.body,
				said: asked.excerpt ?? ''
			});
		return fail('token-endpoint.token-missing', 'certain', {
			...facts,
			form: tokenForm ?? 'missing',
			keys: keys.slice(0, 10),
			said: said ?? ''
		});
	}
};
