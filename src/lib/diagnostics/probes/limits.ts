import { THRESHOLDS } from '../thresholds.ts';

const {
	socketMs,
	confirmationMs,
	companionMs,
	silentMs,
	followUpMs,
	tokenVerdictMs,
	watchdogMs,
	iceGatheringMs
} = THRESHOLDS;

/** How long whole topics may take: sums of what their probes wait for, ms. */
export const LIMITS = {
	confirmationMs,
	companionMs,
	silentMs,
	watchdogMs,
	/** The request, and the same once more where it came late. */
	tokenMs: 2 * tokenVerdictMs + 1_500,
	/** A socket and its acceptance, then the follow-ups with theirs. */
	targetMs: socketMs + followUpMs + 2 * confirmationMs,
	registrationMs: socketMs + confirmationMs + watchdogMs,
	/** Servers one by one side by side, then pairs through relays. */
	iceMs: 2 * iceGatheringMs + 3_000
} as const;
