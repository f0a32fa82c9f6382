import type { CallWarning, MediaSample } from './line.ts';

const NOTHING_HEARD_MS = 3_000;
const SILENT_MS = 10_000;

/** Two of the ways in which a call can be up and useless. A "no packets" of three seconds is a warning, not a phase. */
export class WarningWatch {
	#packets: number | undefined;
	#packetsAt: number | undefined;
	#voiceAt: number | undefined;

	/** To be asked with every sample of a call that talks. `sending`: neither muted nor held. */
	judge({ at, packetsReceived, sentLevel }: MediaSample, sending: boolean): readonly CallWarning[] {
		if (packetsReceived !== this.#packets || this.#packetsAt === undefined) this.#packetsAt = at;
		this.#packets = packetsReceived;
		if (!sending || sentLevel > -Infinity || this.#voiceAt === undefined) this.#voiceAt = at;
		const warnings: CallWarning[] = [];
		if (at - this.#packetsAt >= NOTHING_HEARD_MS) warnings.push('nothing-heard');
		if (at - this.#voiceAt >= SILENT_MS) warnings.push('microphone-silent');
		return warnings;
	}
}
