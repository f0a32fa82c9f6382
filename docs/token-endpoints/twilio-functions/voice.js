// The voice URL of token.js as a Twilio Function: path /voice, visibility Protected. What Twilio is to do with a call.
// Enter its address as the voice request URL of the TwiML app, and as "a call comes in" of your numbers.
// Environment variables, beside those of token.js:
//   CALLER_IDS=+15550100,+15550101       your Twilio numbers; the first one is shown by default
//   ALLOWED_PREFIXES=+1,+34              who may be called; everyone else is refused
//   BLOCKED_PREFIXES=+1900,+1976         and who may not all the same: premium rates (optional)
//   ANSWERED_BY=alice                    rings when someone calls one of your numbers (optional)
const twilio = require('twilio');

const list = (text = '') => text.split(',').flatMap((one) => one.trim() || []);

/** `params` are those of Twilio's request: From, To, and what the phone adds. */
function twiml({ From = '', To = '', CallerId = '' }, context) {
	const response = new twilio.twiml.VoiceResponse();
	const own = list(context.CALLER_IDS);
	const client = /^client:([\w.@-]{1,121})$/.exec(To)?.[1];
	const isIn = (prefixes) => list(prefixes).some((prefix) => To.startsWith(prefix));
	const mayCall =
		/^\+[1-9]\d{6,14}$/.test(To) && isIn(context.ALLOWED_PREFIXES) && !isIn(context.BLOCKED_PREFIXES);
	const callerId = own.includes(CallerId) ? CallerId : own[0];
	const isOurs = From.startsWith('client:');
	if (isOurs && client) response.dial({ answerOnBridge: true }).client(client);
	else if (isOurs && mayCall && callerId) response.dial({ answerOnBridge: true, callerId }).number(To);
	else if (!isOurs && own.includes(To) && context.ANSWERED_BY) response.dial().client(context.ANSWERED_BY);
	else response.reject();
	return response.toString();
}

/** Twilio itself checks the signature of what calls a protected function; here it is checked whatever the visibility is. */
exports.handler = function (context, event, callback) {
	const { request, ...params } = event;
	const signature = request?.headers?.['x-twilio-signature'] ?? '';
	const url = `https://${context.DOMAIN_NAME}${context.PATH}`;
	const isGenuine = twilio.validateRequest(context.AUTH_TOKEN ?? '', signature, url, params);
	const response = new Twilio.Response();
	response.appendHeader('Content-Type', isGenuine ? 'text/xml' : 'application/json');
	response.setStatusCode(isGenuine ? 200 : 403);
	response.setBody(isGenuine ? twiml(params, context) : { error: 'not from Twilio' });
	callback(null, response);
};
