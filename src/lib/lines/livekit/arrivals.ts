import type { Report } from '#lib/core/media-samples.ts';

/**
 * Nothing at all for so long, ms, and the path is cut. With a server (1.13.5) in a call without a sound something arrives
 * at least once a second: reports, and answers to the browser's own checks. Chromium itself says so after 7 s.
 */
const CUT_MS = 2_500;

const COUNTERS = ['packetsReceived', 'bytesReceived', 'responsesReceived', 'requestsReceived'] as const;

/** Tells from what arrives on the paths for sound, of whatever kind, whether there is still one. */
export class Arrivals {
	#count = 0;
	#at: number | undefined;

	/** One report; `at` is monotonic ms. True while something arrives, and where a browser does not count it. */
	judge(report: Report, at: number): boolean {
		let count = 0;
		report.forEach((entry) => {
			const stat = entry as Readonly<Record<string, unknown>>;
			if (stat['type'] !== 'candidate-pair') return;
			for (const name of COUNTERS) if (typeof stat[name] === 'number') count += stat[name];
		});
		// Another path may have another count, a smaller one too.
		if (count === 0 || count !== this.#count || this.#at === undefined) this.#at = at;
		this.#count = count;
		return at - this.#at < CUT_MS;
	}
}
