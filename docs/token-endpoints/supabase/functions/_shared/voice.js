// The voice URL of twilio.js: what Twilio is to do with a call. Twilio asks with a signed POST and is answered with TwiML.
// Settings, beside those of twilio.js:
//   TWILIO_AUTH_TOKEN=…                  proves that a request comes from Twilio: a secret
//   CALLER_IDS=+15550100,+15550101       your Twilio numbers; the first one is shown by default
//   ALLOWED_PREFIXES=+1,+34              who may be called; everyone else is refused
//   BLOCKED_PREFIXES=+1900,+1976         and who may not all the same: premium rates (optional)
//   ANSWERED_BY=alice                    rings when someone calls one of your numbers (optional)

const list = (text = '') => text.split(',').flatMap((one) => one.trim() || []);
const bytes = (text) => new TextEncoder().encode(text);
const hmac = { name: 'HMAC', hash: 'SHA-1' };

/**
 * Twilio signs the address that it asks, followed by the names and values of all fields in the order of the names.
 * `verify` takes as long whatever differs.
 */
async function isFromTwilio(signature, url, params, authToken) {
	const key = await crypto.subtle.importKey('raw', bytes(authToken), hmac, false, ['verify']);
	const fields = Object.keys(params).sort();
	const signed = bytes(url + fields.map((name) => name + params[name]).join(''));
	if (!/^[A-Za-z0-9+/]{27}=$/.test(signature)) return false;
	const given = Uint8Array.from(atob(signature), (sign) => sign.charCodeAt(0));
	return crypto.subtle.verify(hmac, key, given, signed);
}

/** `params` are those of Twilio's request: From, To, and what the phone adds. */
function twiml({ From = '', To = '', CallerId = '' }, env) {
	const own = list(env.CALLER_IDS);
	const client = /^client:([\w.@-]{1,121})$/.exec(To)?.[1];
	const isIn = (prefixes) => list(prefixes).some((prefix) => To.startsWith(prefix));
	const mayCall = /^\+[1-9]\d{6,14}$/.test(To) && isIn(env.ALLOWED_PREFIXES) && !isIn(env.BLOCKED_PREFIXES);
	const callerId = own.includes(CallerId) ? CallerId : own[0];
	const isOurs = From.startsWith('client:');
	let verb = '<Reject/>';
	if (isOurs && client) verb = `<Dial answerOnBridge="true"><Client>${client}</Client></Dial>`;
	else if (isOurs && mayCall && callerId)
		verb = `<Dial answerOnBridge="true" callerId="${callerId}"><Number>${To}</Number></Dial>`;
	else if (!isOurs && own.includes(To) && env.ANSWERED_BY)
		verb = `<Dial><Client>${env.ANSWERED_BY}</Client></Dial>`;
	return `<?xml version="1.0" encoding="UTF-8"?><Response>${verb}</Response>`;
}

/** Answers the body of a POST to `url`, which is the address as Twilio knows it. */
export async function answerVoice(body, signature, url, env) {
	const params = Object.fromEntries(new URLSearchParams(body));
	if (!(await isFromTwilio(signature, url, params, env.TWILIO_AUTH_TOKEN)))
		return new Response('{"error":"not from Twilio"}', { status: 403 });
	return new Response(twiml(params, env), { headers: { 'content-type': 'text/xml' } });
}
