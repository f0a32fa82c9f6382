/** Rows of the catalogue that are not brought about here, and why. Each has its evidence in src/lib/diagnostics/fault-rows. */
export const NOT_INJECTED: readonly (readonly [id: string, cause: string, why: string])[] = [
	[
		'REG-01',
		'registration.not-started',
		'The phone opens every line by itself; one that its user has switched off is healthy, and one that a second tab leaves to the first, too.'
	],
	[
		'POL-01',
		'policy.frame-blocks-microphone',
		'In a frame the phone shows no controls, by design: there is nothing to run the checkup with.'
	]
];
