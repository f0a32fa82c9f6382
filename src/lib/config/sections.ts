import {
	array,
	boolean,
	exactOptional,
	maxLength,
	nullable,
	object,
	picklist,
	pipe,
	record,
	string
} from 'valibot';
import type { GenericSchema } from 'valibot';
import type { Config, Probe } from './config.ts';
import { id, label, text, textThat, whole } from './forms.ts';
import { tokenBlock } from './token-block.ts';
import { allowedUrl } from './url-rule.ts';

const socket = textThat('wss://… | ws://localhost:…', (url) => allowedUrl(url, 'ws') !== undefined);
const pattern = text('"+1*" | "client:*"', /^\S{1,128}$/);
const clock = text('hh:mm', /^([01]\d|2[0-3]):[0-5]\d$/);

/** One entry of `probes`. */
export const probeEntry = object({
	id,
	label: exactOptional(label),
	url: socket,
	token: exactOptional(tokenBlock),
	query: exactOptional(record(string(), string()), {}),
	alternatives: exactOptional(pipe(array(socket), maxLength(8, '[…] (0 … 8)')), []),
	expect: exactOptional(
		object({
			message: exactOptional(text('"…" (1 … 200)', /^[\s\S]{1,200}$/)),
			withinSeconds: exactOptional(whole(1, 60), 5)
		}),
		{}
	)
}) satisfies GenericSchema<unknown, Probe>;

const kiosk = object({
	buttons: exactOptional(
		array(object({ label, to: text('"+15550100"', /^\S.{0,127}$/), line: exactOptional(id) })),
		[]
	),
	autoAnswer: exactOptional(array(pattern), []),
	idleResetSeconds: exactOptional(whole(5, 86_400)),
	maxCallSeconds: exactOptional(whole(5, 86_400)),
	pinHash: exactOptional(
		text('pbkdf2-sha256$600000$<salt>$<hash>', /^pbkdf2-sha256\$[1-9]\d{3,7}\$[^$\s]+\$[^$\s]+$/)
	),
	wipeHistory: exactOptional(boolean(), false),
	onDuty: exactOptional(boolean(), false),
	reloadAt: exactOptional(clock),
	selfTestAt: exactOptional(clock)
});

const colour = text('#0a6cff', /^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/);
const language = text('auto | en | es-MX', /^(auto|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)$/);
const origin = textThat('https://crm.example.com', (url) => allowedUrl(url)?.origin === url.toLowerCase());
const controlUrl = textThat('https://… | null', (url) => allowedUrl(url) !== undefined);

/** Every section of config.json but `lines` and `probes`, which are read entry by entry. */
export const SECTIONS = {
	name: label,
	dialling: object({
		country: exactOptional(text('US', /^[A-Z]{2}$/)),
		allow: exactOptional(array(pattern)),
		confirm: exactOptional(array(pattern)),
		emergency: exactOptional(array(text('112', /^[0-9*#]{2,8}$/)))
	}),
	kiosk,
	history: object({ keepDays: exactOptional(whole(0, 3650), 90) }),
	theme: object({
		accent: exactOptional(colour),
		scheme: exactOptional(picklist(['auto', 'light', 'dark']), 'auto')
	}),
	language,
	locked: array(picklist(['settings', 'setup', 'history', 'dialpad', 'diagnostics'])),
	embed: object({ origins: exactOptional(array(origin), []) }),
	configRefreshMinutes: whole(0, 10_080),
	checkup: object({ controlUrl: exactOptional(nullable(controlUrl), null) })
} satisfies {
	readonly [K in Exclude<keyof Config, 'lines' | 'probes' | 'probesSetAside'>]-?: GenericSchema<
		unknown,
		Config[K]
	>;
};
