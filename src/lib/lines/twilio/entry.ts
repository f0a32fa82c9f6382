import {
	array,
	boolean,
	exactOptional,
	literal,
	maxLength,
	minLength,
	object,
	pipe,
	record,
	string
} from 'valibot';
import { id, label, text, textThat } from '#lib/config/forms.ts';
import { tokenBlock } from '#lib/config/token-block.ts';
import { isGateway } from './gateway.ts';

const edgeForm = '["roaming", …]';
const sid = (prefix: string) => text(`${prefix}…`, new RegExp(`^${prefix}\\S+$`));
const parameter = text('"To"', /^\S{1,64}$/);

/** An entry of kind `twilio` in config.json. */
export const twilioEntry = object({
	id,
	kind: literal('twilio'),
	label: exactOptional(label, 'Twilio'),
	token: tokenBlock,
	identity: exactOptional(text('"…" (1 … 121)', /^\S.{0,120}$/)),
	edges: exactOptional(
		pipe(array(text('"roaming"', /^[a-z0-9-]{1,40}$/)), minLength(1, edgeForm), maxLength(8, edgeForm)),
		['roaming']
	),
	gateway: exactOptional(textThat('host:port | ws://localhost:port', isGateway)),
	incoming: exactOptional(boolean(), true),
	expect: exactOptional(
		object({ twimlAppSid: exactOptional(sid('AP')), accountSid: exactOptional(sid('AC')) }),
		{}
	),
	dial: exactOptional(
		object({
			numberParam: exactOptional(parameter, 'To'),
			callerIdParam: exactOptional(parameter),
			callerIds: exactOptional(array(text('"+15550100"', /^\S{1,128}$/)), []),
			params: exactOptional(record(string(), string()), {})
		}),
		{}
	)
});
