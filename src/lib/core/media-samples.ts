import type { MediaSample } from './line.ts';
import { meanOpinion } from './quality.ts';

/** The part of an RTCStatsReport that is read: its entries, in which anything may be missing. */
export interface Report {
	forEach(visit: (stat: object) => void): void;
}

type Stat = Readonly<Record<string, unknown>>;

/** Running totals of a report: a sample is the difference of two. */
export interface Totals {
	readonly sent: Energy;
	readonly heard: Energy;
	readonly packetsSent: number | undefined;
	readonly packetsReceived: number | undefined;
	readonly packetsLost: number | undefined;
	readonly jitterMs: number | undefined;
	readonly roundTripMs: number | undefined;
}

/** Sound energy and the seconds in which it was summed up (totalAudioEnergy of the WebRTC statistics). */
interface Energy {
	readonly energy: number;
	readonly seconds: number;
	/** Level of the moment, 0 to 1, for browsers without the totals. */
	readonly level: number;
}

const NO_ENERGY: Energy = { energy: 0, seconds: 0, level: 0 };

/** Of all voices that arrive together: their energies and packets add up, the worst jitter counts. */
export function readTotals(report: Report): Totals {
	let sent = NO_ENERGY;
	let heard = NO_ENERGY;
	let packetsSent: number | undefined;
	let packetsReceived: number | undefined;
	let packetsLost: number | undefined;
	let jitter: number | undefined;
	let remoteTrip: number | undefined;
	let pairTrip: number | undefined;
	report.forEach((entry) => {
		const stat = entry as Stat;
		const { type, kind } = stat;
		if (type === 'candidate-pair' && stat['nominated'] === true) {
			pairTrip = number(stat['currentRoundTripTime']) ?? pairTrip;
		}
		if (kind !== 'audio') return;
		if (type === 'media-source') sent = energyOf(stat);
		if (type === 'outbound-rtp') packetsSent = number(stat['packetsSent']);
		if (type === 'remote-inbound-rtp') remoteTrip = number(stat['roundTripTime']);
		if (type === 'inbound-rtp') {
			heard = together(heard, energyOf(stat));
			packetsReceived = sum(packetsReceived, number(stat['packetsReceived']));
			packetsLost = sum(packetsLost, number(stat['packetsLost']));
			jitter = largest(jitter, number(stat['jitter']));
		}
	});
	const trip = pairTrip ?? remoteTrip;
	return {
		sent,
		heard,
		packetsSent,
		packetsReceived,
		packetsLost,
		jitterMs: jitter === undefined ? undefined : jitter * 1000,
		roundTripMs: trip === undefined ? undefined : trip * 1000
	};
}

/** What has happened between two reports. `at` is the monotonic time of the later one, ms. */
export function sampleOf(before: Totals | undefined, now: Totals, at: number): MediaSample {
	const { packetsSent, packetsReceived, jitterMs, roundTripMs } = now;
	const network = {
		...given('loss', lossBetween(before, now)),
		...given('jitterMs', jitterMs),
		...given('roundTripMs', roundTripMs)
	};
	return {
		at,
		sentLevel: levelBetween(before?.sent, now.sent),
		heardLevel: levelBetween(before?.heard, now.heard),
		...given('packetsSent', packetsSent),
		...given('packetsReceived', packetsReceived),
		...network,
		...given('mos', meanOpinion(network))
	};
}

/** A field that is left out while there is nothing to put in. */
function given<K extends string>(key: K, value: number | undefined): { [key in K]?: number } {
	return value === undefined ? {} : ({ [key]: value } as { [key in K]: number });
}

/** Mean level in dBFS: a full-scale square wave is 0, digital silence -Infinity. */
function levelBetween(before: Energy = NO_ENERGY, now: Energy): number {
	const seconds = now.seconds - before.seconds;
	if (seconds > 0) return 10 * Math.log10(Math.max(0, now.energy - before.energy) / seconds);
	return 20 * Math.log10(now.level);
}

function lossBetween(before: Totals | undefined, now: Totals): number | undefined {
	if (now.packetsLost === undefined || now.packetsReceived === undefined) return undefined;
	// Duplicates can make the count of lost packets smaller.
	const lost = Math.max(0, now.packetsLost - (before?.packetsLost ?? 0));
	const received = Math.max(0, now.packetsReceived - (before?.packetsReceived ?? 0));
	return lost + received === 0 ? undefined : lost / (lost + received);
}

function together(one: Energy, other: Energy): Energy {
	return {
		energy: one.energy + other.energy,
		seconds: Math.max(one.seconds, other.seconds),
		level: Math.max(one.level, other.level)
	};
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined ? other : one + (other ?? 0);
}

function largest(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined ? other : Math.max(one, other ?? 0);
}

function energyOf(stat: Stat): Energy {
	return {
		energy: number(stat['totalAudioEnergy']) ?? 0,
		seconds: number(stat['totalSamplesDuration']) ?? 0,
		level: number(stat['audioLevel']) ?? 0
	};
}

function number(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
