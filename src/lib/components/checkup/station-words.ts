import type { Light, Station } from '#lib/state/call-path.ts';
import { m } from '#lib/words/messages.js';

const STATIONS: Readonly<Record<Station, () => string>> = {
	microphone: m.station_microphone,
	browser: m.station_browser,
	token: m.station_token,
	signalling: m.station_signalling,
	media: m.station_media,
	'far-side': m.station_far_side
};

const LIGHTS: Readonly<Record<Light, () => string>> = {
	proven: m.light_proven,
	weak: m.light_weak,
	broken: m.light_broken,
	unknown: m.light_unknown,
	ahead: m.light_ahead
};

export const stationWords = (station: Station): string => STATIONS[station]();
export const lightWords = (light: Light): string => LIGHTS[light]();

/** Drawn like the other icons: a 24 px box, one stroke. */
export const STATION_ICONS: Readonly<Record<Station, string>> = {
	microphone: 'M12 3.5a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3ZM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
	browser:
		'M4.5 5.5h15a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM3.5 9.5h17M6.5 7.5h.01M9 7.5h.01',
	token: 'M8 10.5a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11 11.8 19.5 4M16.5 7l2.5 2.5M8 14.5h.01',
	signalling: 'M4 18.5v-3M9.3 18.5v-6.5M14.6 18.5V8.5M20 18.5V5',
	media: 'M3.5 12h2l2-5 3 11 3-13 2.5 9.5 1.5-2.5h3',
	'far-side': 'M12 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4ZM5 20c0-3.6 3-5.5 7-5.5s7 1.9 7 5.5'
};
