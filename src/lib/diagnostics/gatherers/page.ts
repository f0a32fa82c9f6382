import type { Clock, ChosenDevices } from '#lib/core/ports.ts';
import type { ConfigState } from '#lib/config/config.ts';
import type { Watched } from '#lib/core/watched.ts';
import type { PageWitness } from '#lib/browser/page-witness.ts';
import type { BuildId, Gatherer, PageEvidence, PhoneSnapshot } from '../types.ts';

/** What the gatherers of the page are given, once for all runs. */
export interface PageDeps {
	readonly clock: Clock;
	/** Absolute address of the app, with a slash at the end. */
	readonly base: string;
	readonly witness: Pick<PageWitness, 'violations' | 'network' | 'ageMs' | 'socketFailures' | 'failed'>;
	config(): ConfigState;
	/** Ids of the lines that are in order, and of entries that were set aside. */
	lines(): { readonly open: readonly string[]; readonly setAside: readonly string[] };
	readonly build: BuildId;
	phone(): Pick<PhoneSnapshot, 'ownership' | 'otherTabs' | 'liveCalls'>;
	readonly devices: ChosenDevices;
	/** What was chosen in the settings; '' is the system's default. */
	chosen(): { readonly microphone: string; readonly speaker: string; readonly ringer: string };
	readonly ringVolume: Watched<number>;
	/** The page's AudioContext. */
	audio(): AudioContext;
	/** Absolute address of a silent sound file of our own origin. */
	readonly silence: string;
	/** Address of a file of our own origin that says which build is published. */
	readonly versionFile: string;
	/** The user has pressed a button for it: the browser may then ask for the microphone. */
	readonly mayAsk: boolean;
}

export type PageGatherer = Gatherer<'page'>;
type PageTopic = keyof PageEvidence;

const SPARE_MS = 1_000;

/** One gatherer of the page. A second of grace is added to `timeoutMs`. */
export function pageGatherer<K extends PageTopic>(
	topic: K,
	timeoutMs: number,
	gather: Gatherer<'page', K>['gather'],
	after?: Gatherer['after']
): Gatherer<'page', K> {
	return {
		subject: { scope: 'page' },
		topic,
		timeoutMs: timeoutMs + SPARE_MS,
		gather,
		...(after ? { after } : {})
	};
}
