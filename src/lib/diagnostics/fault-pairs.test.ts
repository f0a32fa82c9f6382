import { describe, expect, it } from 'vitest';
import { ROWS } from './fault-rows/index.ts';
import { judge } from './judge.ts';
import { evidence, type Changes } from './testing.ts';
import type { CauseCode } from './types.ts';

const changesOf = (id: string): Changes => {
	const row = ROWS.find(([one]) => one === id);
	if (!row) throw new Error(`no row ${id}`);
	return row[2];
};
const PARTS = ['page', 'desk', 'agent', 'voice'] as const;
/** Both at once: of a topic that both change, the second row's. */
const both = (first: string, second: string): Changes =>
	Object.fromEntries(PARTS.map((part) => [part, { ...changesOf(first)[part], ...changesOf(second)[part] }]));

/** Two faults at once: independent ones are both named, the deeper first; of a cause and its echo only the cause. */
const PAIRS: readonly (readonly [first: string, second: string, causes: readonly CauseCode[]])[] = [
	['MIC-01', 'TEP-02', ['token-endpoint.cors', 'microphone.blocked']],
	['MIC-03', 'TWS-01', ['twilio-signalling.host-blocked', 'microphone.missing']],
	['LKS-01', 'TEP-05', ['token-endpoint.unauthorized', 'livekit-signalling.unreachable']],
	['CWS-03', 'TTK-01', ['twilio-token.no-outgoing-app', 'websocket.token-rejected']],
	['CWS-02', 'MIC-06', ['websocket.handler-crash', 'microphone.silent']],
	['CWS-10', 'LKS-04', ['livekit-signalling.silent', 'websocket.upgrade-refused']],
	['TTK-01', 'TWS-01', ['twilio-token.no-outgoing-app', 'twilio-signalling.host-blocked']],
	['TTK-11', 'LTK-02', ['twilio-token.no-incoming', 'livekit-token.unknown-key']],
	['TTK-05', 'CWS-06', ['twilio-token.wrong-secret', 'websocket.unknown-agent']],
	['TTK-01', 'TTK-05', ['twilio-token.no-outgoing-app', 'twilio-token.wrong-secret']],
	['TTK-01', 'REG-02', ['twilio-token.no-outgoing-app', 'registration.not-confirmed']],
	['NET-01', 'MIC-01', ['network.offline', 'microphone.blocked']],
	['NET-01', 'PWA-01', ['network.offline']],
	['BRW-02', 'TEP-01', ['browser.unsupported', 'token-endpoint.unreachable']],
	['POL-01', 'TEP-08', ['policy.frame-blocks-microphone', 'token-endpoint.keys-missing']],
	['POL-02', 'LTK-03', ['policy.header-blocks-microphone', 'livekit-token.wrong-secret']],
	['TEP-15', 'CWS-01', ['policy.csp-blocks-token-endpoint', 'websocket.unreachable']],
	['PWA-01', 'TEP-02', ['token-endpoint.cors', 'app.outdated']],
	['SPK-01', 'LKS-02', ['livekit-url.not-livekit', 'speaker.autoplay-blocked']],
	['SIP-01', 'MIC-07', ['microphone.saved-device-gone', 'call.busy']],
	['AGT-01', 'TTK-04', ['twilio-token.expired', 'agent.never-joined']],
	['ICE-02', 'TEP-06', ['token-endpoint.not-found', 'turn.wrong-credentials']],
	['ICE-10', 'TEP-11', ['media.private-server-address', 'token-endpoint.cold-start']],
	['CFG-03', 'CFG-06', ['server-url.scheme-missing', 'server-url.insecure-scheme']],
	['REG-02', 'CWS-13', ['websocket.server-error', 'registration.not-confirmed']],
	['CLK-01', 'MIC-04', ['clock.device-wrong', 'microphone.in-use']]
];

describe('two faults at once', () => {
	it.each(PAIRS)('%s and %s: %j', (first, second, causes) => {
		const { findings } = judge(evidence(both(first, second)));
		expect(findings.map(({ cause }) => cause)).toEqual(causes);
	});
});
