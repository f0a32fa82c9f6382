import { boolean, exactOptional, literal, object, record, string, unknown } from 'valibot';
import { id, label, text, textThat, whole } from '#lib/config/forms.ts';
import { tokenBlock } from '#lib/config/token-block.ts';
import { allowedUrl } from '#lib/config/url-rule.ts';

/** An entry of kind `livekit` in config.json. */
export const livekitEntry = object({
	id,
	kind: literal('livekit'),
	label: exactOptional(label, 'LiveKit'),
	serverUrl: exactOptional(
		textThat('wss://… | ws://localhost:…', (url) => allowedUrl(url, 'ws') !== undefined)
	),
	token: tokenBlock,
	identity: exactOptional(text('"…" (1 … 121)', /^\S.{0,120}$/)),
	room: exactOptional(text('call-{random}', /^\S.{0,127}$/), 'call-{random}'),
	agent: exactOptional(
		object({
			name: exactOptional(string()),
			metadata: exactOptional(record(string(), unknown()), {}),
			expected: exactOptional(boolean(), false),
			joinWithinSeconds: exactOptional(whole(1, 300), 20)
		}),
		{}
	)
});
