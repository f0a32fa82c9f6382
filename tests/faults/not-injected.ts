/** Rows of the catalogue that are not brought about here, and why. Each has its evidence in src/lib/diagnostics/fault-rows. */
export const NOT_INJECTED: readonly (readonly [id: string, cause: string, why: string])[] = [
	[
		'REG-01',
		'registration.not-started',
		'The phone opens every line by itself; one that its user has switched off is healthy, and one that a second tab leaves to the first, too.'
	],
	[
		'CWS-16',
		'websocket.idle-timeout',
		'A proxy that cuts after 20 s of silence outlives the run, whose probes watch an open socket for seconds: a run that waits for it would break its own limit.'
	],
	[
		'ICE-10',
		'media.private-server-address',
		'Needs a server whose name is public and whose media address is not; and the addresses of a call are not in its record yet.'
	],
	[
		'SPK-02',
		'speaker.no-renderer',
		'The phone attaches every voice to an element of its own; nothing outside of it can leave that out.'
	],
	['SPK-03', 'speaker.turned-down', 'The phone has no volume of its own: there is nothing to turn down.'],
	[
		'POL-01',
		'policy.frame-blocks-microphone',
		'In a frame the phone shows no controls, by design: there is nothing to run the checkup with.'
	]
];
