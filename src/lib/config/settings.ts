/** What the user has chosen on this device. Storage is foreign input: see stored-settings.ts. */
export interface Settings {
	/** Device ids; '' is the system's default. */
	readonly microphone: string;
	readonly speaker: string;
	readonly ringer: string;
	/** Labels beside the ids, since ids change: the device is found again by its label. */
	readonly microphoneLabel: string;
	readonly speakerLabel: string;
	readonly ringerLabel: string;
	/** 0 to 1. */
	readonly ringVolume: number;
	readonly keyTones: boolean;
	/** 'auto' or a BCP 47 tag of a language that the phone speaks. */
	readonly language: string;
	readonly scheme: 'auto' | 'light' | 'dark';
	/** Lines that the user has switched off, by id. */
	readonly linesOff: readonly string[];
	/** The line chosen last; '' for the first. */
	readonly line: string;
}

export const DEFAULT_SETTINGS: Settings = {
	microphone: '',
	speaker: '',
	ringer: '',
	microphoneLabel: '',
	speakerLabel: '',
	ringerLabel: '',
	ringVolume: 0.8,
	keyTones: true,
	language: 'auto',
	scheme: 'auto',
	linesOff: [],
	line: ''
};
