/**
 * Every number that a gatherer waits for or a check compares with, once, with its source. Durations are ms unless the name
 * says otherwise. "Measured" is Chromium 156 on loopback.
 */
export const THRESHOLDS = {
	// ── How long gatherers wait ──
	/** A healthy handshake takes under 1 s; LiveKit's own limit is 15 s, Twilio's 5 s with retries. */
	socketMs: 8_000,
	/** A silent host never answers a fetch either: own limit. */
	companionMs: 8_000,
	/** Whoever is there has shown it by then: a healthy handshake takes under 1 s. */
	silentMs: 1_000,
	/** Each follow-up: it asks whether something works differently, and what works answers in under 1 s. */
	followUpMs: 4_000,
	controlMs: 4_000,
	/** "Still waiting, the server may be waking up". Contract, section 2. */
	tokenWaitingMs: 8_000,
	/** Verdict of the checkup about the token endpoint. Contract, section 2. */
	tokenVerdictMs: 10_000,
	/** What the phone itself waits. Contract, section 2. */
	tokenGivenUpMs: 60_000,
	/** After the opening: a healthy server confirms in under 1 s; LiveKit's SDK gives up at 5 s. */
	confirmationMs: 5_000,
	/** `register()` and `connect()` of the SDKs never settle on some hosts. */
	watchdogMs: 10_000,
	/** A silent UDP relay never completes the gathering (still running at 12 s, measured). */
	iceGatheringMs: 4_000,
	/** Peers that can meet at all do so within three seconds, over a relay too; nobody waits longer than this for an answer. */
	pathMs: 8_000,
	microphoneOpenMs: 4_000,
	microphoneListenMs: 1_000,
	otherMicrophoneMs: 300,
	/** A question that nobody has answered by then is ignored (getUserMedia stays pending). */
	promptMs: 10_000,
	speakerMs: 1_000,
	/** The whole run. */
	runMs: 45_000,
	/** Follow-ups on one failed target. */
	mostFollowUps: 3,

	// ── Clocks ──
	/** Below this two clocks agree: HTTP's Date has seconds, answers take time. core/token-source.ts has the same. */
	clockAgreementMs: 120_000,
	/** Reported for itself from here on: Twilio and LiveKit tolerate about a minute, certificates and logs suffer. */
	clockWrongMs: 300_000,
	/** Grace that carriers give to a token's times, seconds. */
	tokenGraceSeconds: 60,
	/** Twilio's maximum (its error 31207), seconds. */
	twilioLifetimeSeconds: 86_400,

	// ── Sockets ──
	/** A connection cut this soon after opening, without a frame, was cut by what answered, not by an idle timeout. */
	cutAtOnceMs: 2_000,
	/** From here on a life that ended in silence may be an idle timeout: the shortest in common use is nginx's 60 s; scaled
	 * set-ups go down to 10 s. */
	idleLeastMs: 10_000,
	/** Two lives of the same idle timeout differ by less than this share of the longer. */
	idleSameAge: 0.1,
	/** Chromium delays the sockets of a tab after about this many failures (measured: 12). */
	throttleFailures: 10,
	/** A handshake this slow beside a companion fetch that is at least so many times faster is the browser's doing. */
	throttleHandshakeMs: 1_000,
	throttleFactor: 4,
	/** An answer to a closed port or an untrusted name comes faster than this on any network in reach (measured: 2-26 ms). */
	fastRefusalMs: 1_000,

	// ── Token endpoint ──
	/** The second answer of a server that was asleep is faster by at least this factor. */
	coldStartFactor: 4,

	// ── Lines and calls ──
	/** An interruption shorter than this is Wi-Fi's business: the SDK is back within 5 s after one loss (trap T12). */
	shortInterruptionMs: 5_000,
	/** That many interruptions in this time are a line that does not hold. */
	unstableInterruptions: 3,
	unstableWithinMs: 300_000,
	/** A ring that ends sooner was taken elsewhere, or was none. */
	takenElsewhereMs: 2_000,
	/** A call that fails sooner was refused by a setting, not by a person or a network abroad. */
	instantRefusalMs: 1_000,
	/** An agent that publishes nothing for this long after its coming has no voice; healthy ones need 3-8 s to join. */
	agentAudioMs: 10_000,
	/** Left sooner after its coming: it crashed. */
	agentCrashMs: 10_000,
	agentJoinMs: 20_000,

	// ── Sound ──
	/** Over this long without one packet nothing arrives; Opus DTX still sends a packet each 400 ms (RFC 7587, 3.1.3). */
	silentStreamMs: 2_000,
	/** Below: a switched-off microphone's noise floor; a quiet room is louder. dBFS. */
	veryQuietDbfs: -65,
	/** Speech aims at -26 dBov (ITU-T P.56/G.115); 20 dB below is hard to hear. Only for what was said in a test. */
	tooQuietDbfs: -50,
	/** A room whose quietest tenth is louder than this drowns speech at -26 dBFS. */
	noisyFloorDbfs: -35,
	/** Share of clipped samples from which speech sounds torn. */
	clippedShare: 0.001,
	/** Fewest samples that a judgement about silence needs: half a second at 48 kHz. */
	samplesLeast: 8_000,
	/** Worse than "some users dissatisfied" (core/quality.ts, ITU-T G.107): R 60. */
	poorMos: 3.1,
	/** ITU-T G.114: over 400 ms one way is unacceptable; round trip. */
	slowRoundTripMs: 800,

	// ── Device ──
	/** Storage that is fuller than this share cannot take a new version of the app. */
	storageFull: 0.98
} as const;
