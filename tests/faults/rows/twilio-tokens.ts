import type { Inject, Row } from '../injection.ts';

const DESK = 'Support desk';

/** A token of this kind on the Twilio line. */
export const token =
	(kind: string): Inject =>
	({ exchange }) => ({ desk: { token: { url: exchange.tokenUrl(kind as 'good') } } });

/** The gateway knows a phone by this name, and treats it accordingly. */
export const known =
	(name: string): Inject =>
	({ identity }) => ({ desk: { identity: `${name}_${identity}` } });

/** C. Twilio token. */
export const tokens: readonly Row[] = [
	{
		id: 'TTK-01',
		cause: 'twilio-token.no-outgoing-app',
		core: true,
		how: 'A token without an application for outgoing calls',
		inject: token('no-outgoing')
	},
	{
		id: 'TTK-02',
		cause: 'twilio-token.app-not-found',
		core: true,
		how: 'The line registers; a call is refused with 21218',
		inject: () => ({
			desk: {},
			before: async (phone) => {
				await phone.open('./', DESK);
				await phone.dial('client:error_21218');
				await phone.reaches(/^Ended: /);
			}
		})
	},
	{
		id: 'TTK-03',
		cause: 'twilio-token.no-voice-grant',
		how: 'A token without a voice grant',
		inject: token('no-grant')
	},
	{
		id: 'TTK-04',
		cause: 'twilio-token.expired',
		core: true,
		how: 'A token that expired a minute ago',
		inject: token('expired')
	},
	{
		id: 'TTK-05',
		cause: 'twilio-token.wrong-secret',
		core: true,
		how: 'A token that is signed with another secret; the gateway says 31202',
		inject: token('wrong-secret')
	},
	{
		id: 'TTK-06',
		cause: 'twilio-token.malformed',
		core: true,
		how: 'No JWT where the token should be',
		inject: token('malformed')
	},
	{
		id: 'TTK-07',
		cause: 'twilio-token.wrong-issuer',
		how: 'Issued by the account instead of an API key',
		inject: token('wrong-issuer')
	},
	{
		id: 'TTK-08',
		cause: 'twilio-token.lifetime-too-long',
		how: 'Valid for 25 h',
		inject: token('too-long')
	},
	{ id: 'TTK-10', cause: 'twilio-token.bad-identity', how: 'No identity', inject: token('no-identity') },
	{
		id: 'TTK-10 characters',
		cause: 'twilio-token.bad-identity',
		how: 'The identity `a b@c`',
		inject: () => ({ desk: { identity: 'a b@c' } })
	},
	{
		id: 'TTK-11',
		cause: 'twilio-token.no-incoming',
		how: 'A token that allows no incoming calls, on a line that wants them',
		inject: token('no-incoming')
	},
	{
		id: 'TTK nbf',
		cause: 'twilio-token.not-yet-valid',
		how: 'Valid from an hour ahead',
		inject: token('not-yet-valid')
	}
];
