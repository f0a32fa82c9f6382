import { FAULTS, type Fault } from '#lib/core/errors.ts';

/** A fault that the checkup calls by another name. */
const RENAMED = { 'twilio-app.not-found': 'twilio-token.app-not-found' } as const;

/**
 * Causes that no line raises: only evidence from several places shows them. Together with the faults of core they are the
 * codes of the checkup; like those they are stable once published, and a cause is never split or merged under its old name.
 */
export const FURTHER_CAUSES = [
	'server-url.different-host',
	'server-url.host-not-found',
	'server-url.tls-missing',
	'server-url.tls-required',
	'server-url.unreadable',
	'token-endpoint.cold-start',
	'token-endpoint.cors',
	'twilio-token.app-not-found',
	'twilio-token.no-incoming',
	'twilio-token.unexpected-account',
	'twilio-token.unexpected-app',
	'signalling.no-answer',
	'signalling.websocket-blocked',
	'twilio-signalling.certificate-untrusted',
	'twilio-signalling.closed-by-server',
	'twilio-signalling.host-blocked',
	'twilio-signalling.not-websocket-data',
	'twilio-signalling.refused',
	'twilio-signalling.upgrade-refused',
	'livekit-signalling.certificate-untrusted',
	'livekit-signalling.closed-by-server',
	'livekit-signalling.cut',
	'livekit-signalling.not-websocket-data',
	'livekit-signalling.refused',
	'websocket.certificate-untrusted',
	'websocket.closed-by-server',
	'websocket.handler-crash',
	'websocket.idle-timeout',
	'websocket.incompatible',
	'websocket.no-confirmation',
	'websocket.not-websocket-data',
	'websocket.overloaded',
	'websocket.rate-limited',
	'websocket.refused',
	'websocket.request-rejected',
	'websocket.server-error',
	'websocket.token-expired',
	'websocket.token-rejected',
	'websocket.unauthorized-handshake',
	'websocket.unknown-agent',
	'websocket.unreachable',
	'websocket.unreadable-address',
	'websocket.upgrade-lost-in-proxy',
	'websocket.upgrade-refused',
	'websocket.worker-exception',
	'registration.duplicate-identity',
	'registration.not-started',
	'registration.token-not-renewed',
	'remote.muted',
	'media.nothing-sent',
	'media.poor-quality',
	'media.private-server-address',
	'media.udp-blocked',
	'turn.overloaded',
	'turn.unreachable',
	'turn.wrong-credentials',
	'microphone.clipping',
	'microphone.noisy',
	'microphone.prompt-unanswered',
	'microphone.silent',
	'microphone.system-blocked',
	'speaker.no-renderer',
	'speaker.not-heard',
	'speaker.saved-device-gone',
	'speaker.turned-down',
	'policy.csp-blocks-token-endpoint',
	'policy.csp-blocks-websocket',
	'policy.frame-blocks-microphone',
	'policy.header-blocks-microphone',
	'policy.ice-forbidden',
	'policy.local-network-access',
	'app.answered-by-worker',
	'app.outdated',
	'browser.no-storage',
	'browser.socket-throttle',
	'browser.webrtc-disabled',
	'clock.device-wrong',
	'clock.token-server-behind',
	'network.captive-portal'
] as const;

export type FurtherCause = (typeof FURTHER_CAUSES)[number];
export type CauseCode = Exclude<Fault, keyof typeof RENAMED> | FurtherCause;

/** The cause that a fault of core stands for. Evidence is data: what is no fault is the phone's own mistake. */
export function causeOf(fault: Fault): CauseCode {
	if (!FAULTS.includes(fault)) return 'app.unexpected';
	return fault === 'twilio-app.not-found' ? RENAMED[fault] : fault;
}

/**
 * How deep a cause lies: what stands on a lower one cannot work either. In the order of the way that a call goes, from the
 * ground up. A longer name counts before its layer.
 */
const DEPTH: readonly (readonly [start: string, depth: number])[] = [
	['network.offline', 0],
	['network.captive-portal', 0],
	['browser.socket-throttle', 13],
	['browser.no-storage', 13],
	['browser.', 0],
	['app.incomplete', 0],
	['line.in-another-tab', 0],
	['config.', 1],
	['livekit-url.missing', 1],
	['server-url.scheme-missing', 1],
	['server-url.insecure-scheme', 1],
	['server-url.unreadable', 1],
	['token-endpoint.insecure', 1],
	['policy.', 2],
	['clock.device-wrong', 3],
	['signalling.websocket-blocked', 3],
	['token-endpoint.', 4],
	['clock.token-server-behind', 5],
	['twilio-token.', 5],
	['livekit-token.', 5],
	['livekit-url.', 6],
	['server-url.', 6],
	['twilio-edge.', 6],
	['signalling.', 6],
	['twilio-signalling.', 6],
	['livekit-signalling.', 6],
	['livekit-server.', 6],
	['websocket.', 6],
	['twilio-account.', 7],
	['registration.', 7],
	['livekit-room.', 7],
	['microphone.', 8],
	['turn.', 9],
	['media.', 10],
	['speaker.', 10],
	['call.', 11],
	['twilio-app.', 11],
	['agent.', 12],
	['remote.', 12]
];

/** 0 is the ground. What is in no layer of the way (an old build, a line that is switched off) comes last. */
export function depthOf(cause: CauseCode): number {
	return DEPTH.find(([start]) => cause.startsWith(start))?.[1] ?? 13;
}

/** Fails of these leave a line that can still call, or are no line's. */
const LEAVES_CALLS =
	/^(?:registration|websocket|speaker|agent|remote|call|app|turn)\.|-token\.no-incoming$|^media\.(?:poor|nothing)|^(?:browser\.no-storage|browser\.socket-throttle|microphone\.saved-device-gone)$/;

/** Whether a line that fails by it cannot call. */
export const stopsCalls = (cause: CauseCode): boolean => !LEAVES_CALLS.test(cause);
