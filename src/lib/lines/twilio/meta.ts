import { check } from '#lib/config/check.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { LineBase, LineModule } from '../module.ts';
import { twilioEntry } from './entry.ts';

/** An entry of kind `twilio` with its defaults filled in (contract, section 1). */
export interface TwilioSettings extends LineBase {
	readonly token: TokenSettings;
	/** Handed to the token endpoint; absent: not sent. */
	readonly identity?: string;
	/** Tried in this order; at least one. */
	readonly edges: readonly string[];
	/** Signalling elsewhere than at Twilio: `host:port` over wss, or `ws://host:port` for loopback hosts. */
	readonly gateway?: string;
	/** Whether it registers for incoming calls. */
	readonly incoming: boolean;
	/** What the checkup compares the token with. */
	readonly expect: { readonly twimlAppSid?: string; readonly accountSid?: string };
	readonly dial: {
		/** Connect parameter that carries the number. */
		readonly numberParam: string;
		/** Connect parameter that carries the caller id; absent: none is sent. */
		readonly callerIdParam?: string;
		readonly callerIds: readonly string[];
		/** Further connect parameters. */
		readonly params: Readonly<Record<string, string>>;
	};
}

/** Twilio Programmable Voice, by its own SDK. */
export const twilio: LineModule<TwilioSettings> = {
	kind: 'twilio',
	parse: (raw, path) => check(twilioEntry, raw, path),
	load: () => import('./line.ts'),
	gatherers: async (settings, deps) => (await import('./gatherers.ts')).gatherers(settings, deps)
};
