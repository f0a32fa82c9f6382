/**
 * Everything that can go wrong, named once: `<layer>.<noun of the trouble>`. Stable once published: help desks, scripts
 * and the reports of the checkup match on these. The words for each are in the messages, under `fault_<name>`.
 */
export const FAULTS = [
	'address.empty',
	'address.invalid',
	'address.unsupported',
	'dialling.emergency',
	'dialling.not-allowed',
	'dialling.too-many-calls',
	'command.not-now',
	'command.unsupported',
	'line.closed',
	'line.not-ready',
	'line.in-another-tab',
	'config.unreachable',
	'config.not-json',
	'config.invalid',
	'token-endpoint.bearer-missing',
	'token-endpoint.insecure',
	'token-endpoint.method-not-allowed',
	'token-endpoint.no-answer',
	'token-endpoint.not-found',
	'token-endpoint.not-json',
	'token-endpoint.rate-limited',
	'token-endpoint.redirected',
	'token-endpoint.refused',
	'token-endpoint.keys-missing',
	'token-endpoint.server-error',
	'token-endpoint.token-elsewhere',
	'token-endpoint.token-missing',
	'token-endpoint.too-large',
	'token-endpoint.unauthorized',
	'token-endpoint.unreachable',
	'twilio-token.bad-identity',
	'twilio-token.expired',
	'twilio-token.lifetime-too-long',
	'twilio-token.malformed',
	'twilio-token.no-outgoing-app',
	'twilio-token.no-voice-grant',
	'twilio-token.not-yet-valid',
	'twilio-token.refused',
	'twilio-token.wrong-issuer',
	'twilio-token.wrong-secret',
	'twilio-account.refused',
	'twilio-app.not-found',
	'twilio-app.no-voice-url',
	'twilio-edge.unknown',
	'twilio-signalling.interrupted',
	'twilio-signalling.rate-limited',
	'twilio-signalling.server-error',
	'twilio-signalling.silent',
	'twilio-signalling.unreachable',
	'twilio-signalling.unstable',
	'livekit-url.missing',
	'livekit-url.not-livekit',
	'server-url.scheme-missing',
	'server-url.insecure-scheme',
	'server-url.wrong-path',
	'livekit-token.expired',
	'livekit-token.not-yet-valid',
	'livekit-token.unknown-key',
	'livekit-token.wrong-secret',
	'livekit-token.no-join-grant',
	'livekit-token.no-publish-grant',
	'livekit-token.wrong-room',
	'livekit-token.malformed',
	'livekit-room.duplicate-identity',
	'livekit-room.removed',
	'livekit-room.deleted',
	'livekit-room.full',
	'livekit-room.not-found',
	'livekit-signalling.unreachable',
	'livekit-signalling.silent',
	'livekit-signalling.upgrade-refused',
	'livekit-signalling.interrupted',
	'livekit-server.overloaded',
	'livekit-server.shut-down',
	'agent.never-joined',
	'agent.not-invited',
	'agent.only-people',
	'agent.without-audio',
	'agent.silent',
	'agent.left',
	'agent.stuck',
	'registration.not-confirmed',
	'registration.refused',
	'call.bad-caller-id',
	'call.bad-number',
	'call.busy',
	'call.declined',
	'call.forbidden',
	'call.interrupted',
	'call.lost',
	'call.no-answer',
	'call.no-response',
	'call.not-found',
	'call.refused',
	'call.second-call-unsupported',
	'call.unavailable',
	'media.lost',
	'media.not-connected',
	'media.nothing-received',
	'microphone.blocked',
	'microphone.in-use',
	'microphone.missing',
	'microphone.saved-device-gone',
	'microphone.unavailable',
	'speaker.autoplay-blocked',
	'network.offline',
	'browser.insecure-page',
	'browser.unsupported',
	'app.incomplete',
	'app.unexpected'
] as const;

export type Fault = (typeof FAULTS)[number];

/** What a fault's words may mention. Foreign text (a server's message) is already cut and redacted. */
export type FaultFacts = Readonly<Record<string, string | number>>;

interface LineErrorOptions {
	/** The number or name the vendor gave it, for whoever looks for it: 31486, 1006, `NotAllowedError`. */
	vendorCode?: string | number | undefined;
	facts?: FaultFacts;
	cause?: unknown;
}

/** The only error that leaves a line, the phone or a port of the browser: a fault from the closed list, with its cause kept. */
export class LineError extends Error {
	override readonly name = 'LineError';
	readonly fault: Fault;
	readonly vendorCode: string | number | undefined;
	readonly facts: FaultFacts;

	constructor(fault: Fault, options: LineErrorOptions = {}) {
		super(fault, options.cause === undefined ? undefined : { cause: options.cause });
		this.fault = fault;
		this.vendorCode = options.vendorCode;
		this.facts = options.facts ?? {};
	}

	/** Plain data for logs and history: no cause, since a vendor's error can carry a token. */
	toJSON(): { fault: Fault; vendorCode: string | number | undefined; facts: FaultFacts } {
		return { fault: this.fault, vendorCode: this.vendorCode, facts: this.facts };
	}
}

/** The error itself when it already is a LineError, else one of `fault` that keeps it as its cause. */
export function asLineError(error: unknown, fault: Fault): LineError {
	return error instanceof LineError ? error : new LineError(fault, { cause: error });
}
