import * as given from '../testing.ts';
import { policy, deskToken, tokenAnswer, type Row } from './seen.ts';

const { DESK_TOKEN } = given;

export const tokenEndpoint: readonly Row[] = [
	// B. Token endpoint
	[
		'TEP-01',
		'token-endpoint.unreachable',
		{
			desk: {
				...tokenAnswer({}),
				token: given.tokenRefused(DESK_TOKEN, given.rejected(DESK_TOKEN), {
					noCors: given.rejected(DESK_TOKEN, 'no-cors')
				})
			}
		}
	],
	[
		'TEP-02',
		'token-endpoint.cors',
		{
			desk: {
				...tokenAnswer({}),
				token: given.tokenRefused(DESK_TOKEN, given.rejected(DESK_TOKEN), {
					noCors: given.opaque(DESK_TOKEN)
				})
			}
		}
	],
	['TEP-05', 'token-endpoint.unauthorized', { desk: tokenAnswer({ status: 401 }, { said: 'no session' }) }],
	['TEP-06', 'token-endpoint.not-found', { desk: tokenAnswer({ status: 404, body: 'html' }) }],
	[
		'TEP-06 method',
		'token-endpoint.method-not-allowed',
		{ desk: tokenAnswer({ status: 405, allow: 'GET' }) }
	],
	[
		'TEP-08',
		'token-endpoint.keys-missing',
		{ desk: tokenAnswer({ status: 500 }, { said: 'LIVEKIT_API_KEY is not set' }) }
	],
	[
		'TEP-08 family',
		'token-endpoint.server-error',
		{ desk: tokenAnswer({ status: 500, body: 'text', excerpt: 'oops' }) }
	],
	[
		'TEP-09',
		'token-endpoint.token-missing',
		{ desk: tokenAnswer({}, { tokenForm: 'missing', keys: ['ok'] }) }
	],
	[
		'TEP-09 empty',
		'token-endpoint.token-missing',
		{ desk: tokenAnswer({}, { tokenForm: 'empty', keys: ['token'] }) }
	],
	[
		'TEP elsewhere',
		'token-endpoint.token-elsewhere',
		{ desk: tokenAnswer({}, { tokenForm: 'missing', jwtElsewhereAt: 'data.jwt' }) }
	],
	[
		'TEP html',
		'token-endpoint.not-json',
		{ desk: tokenAnswer({ body: 'html', excerpt: '<!doctype html>' }, { tokenForm: 'missing' }) }
	],
	[
		'TEP-11',
		'token-endpoint.cold-start',
		{
			desk: deskToken({
				asked: given.answered(DESK_TOKEN, { ms: 22_000 }),
				again: given.answered(DESK_TOKEN, { ms: 300 })
			})
		}
	],
	[
		'TEP-15',
		'policy.csp-blocks-token-endpoint',
		{
			page: policy(DESK_TOKEN),
			desk: {
				...tokenAnswer({}),
				token: given.tokenRefused(DESK_TOKEN, given.rejected(DESK_TOKEN, 'cors', 1), {
					noCors: given.rejected(DESK_TOKEN, 'no-cors', 1)
				})
			}
		}
	],
	[
		'TEP no answer',
		'token-endpoint.no-answer',
		{
			desk: {
				...tokenAnswer({}),
				token: given.tokenRefused(DESK_TOKEN, given.unanswered(DESK_TOKEN), {
					noCors: given.unanswered(DESK_TOKEN, 'no-cors')
				})
			}
		}
	],
	[
		'TEP bearer',
		'token-endpoint.bearer-missing',
		{ desk: { ...tokenAnswer({}), token: { bearer: 'missing', notAsked: 'bearer-missing' } } }
	]
];
