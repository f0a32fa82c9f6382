import { inject } from 'vitest';
import { NO_CONFIG } from '#lib/config/config.ts';
import type { TokenSettings } from '#lib/config/token-settings.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import { Cell } from '#lib/core/watched.ts';
import { PageWitness } from '#lib/browser/page-witness.ts';
import type { AnyGatherer } from '#lib/diagnostics/gather.ts';
import { pageGatherers, probeGatherers, TokenShelf } from '#lib/diagnostics/gatherers/index.ts';
import type { LineSnapshot } from '#lib/diagnostics/types.ts';
import { livekit as livekitModule } from '#lib/lines/livekit/meta.ts';
import { practice } from '#lib/lines/practice/meta.ts';
import { twilio } from '#lib/lines/twilio/meta.ts';
import type { GathererDeps } from '#lib/lines/module.ts';
import { livekit } from './livekit-bench.ts';
import { clock } from './twilio-bench.ts';

const { gateway, httpUrl: exchange } = inject('exchange');
const { httpUrl } = inject('servers');
const audio = new AudioContext();
const witness = new PageWitness({ clock, document, window, scope: new Scope() });

/** What the whole phone is set up with; by default everything works. */
export interface SetUp {
	readonly gateway: string;
	readonly twilioToken: string;
	readonly livekitUrl: string;
	readonly livekitToken: string;
	readonly probe: string;
	readonly inCall: boolean;
	readonly desk: LineSnapshot;
	readonly clock: Clock;
	/** The device is looked at as well. */
	readonly page: boolean;
}

export const state = (more: Partial<LineSnapshot> = {}): LineSnapshot => ({
	phase: 'ready',
	receiving: true,
	wasReady: true,
	readySince: clock.now() - 60_000,
	since: clock.now() - 60_000,
	attempts: 0,
	interruptions: [],
	...more
});

export const HEALTHY: SetUp = {
	gateway,
	twilioToken: `${exchange}/token/good`,
	livekitUrl: livekit.url,
	livekitToken: `${livekit.httpUrl}/livekit/token`,
	probe: `${httpUrl.replace('http', 'ws')}/hello`,
	inCall: false,
	desk: state(),
	clock,
	page: true
};

const token = (url: string): TokenSettings => ({
	url,
	method: 'POST',
	auth: 'none',
	headers: {},
	style: 'snake',
	response: {}
});

/** All that looks at such a phone. */
export async function gatherersOf(setUp: SetUp): Promise<readonly AnyGatherer[]> {
	const { clock } = setUp;
	const shelf = new TokenShelf(['desk']);
	const deps = (id: string, snapshot: LineSnapshot): GathererDeps => ({
		clock,
		base: location.href,
		bearer: () => undefined,
		snapshot: () => snapshot,
		calls: () => [],
		inCall: () => setUp.inCall,
		ownsPhone: true,
		switchedOff: false,
		dialsOut: true,
		problems: [],
		sockets: witness,
		shareToken: (secret) => shelf.put(id, secret),
		audio: () => audio,
		random: (count) => crypto.getRandomValues(new Uint8Array(count)),
		version: '0.0.0'
	});
	const lines = await Promise.all([
		twilio.gatherers(
			{
				id: 'desk',
				label: 'Desk',
				token: token(setUp.twilioToken),
				identity: 'alice_checkup',
				edges: ['roaming'],
				gateway: setUp.gateway,
				incoming: true,
				expect: {},
				dial: { numberParam: 'To', callerIds: [], params: {} }
			},
			deps('desk', setUp.desk)
		),
		livekitModule.gatherers(
			{
				id: 'agent',
				label: 'Agent',
				serverUrl: setUp.livekitUrl,
				token: token(setUp.livekitToken),
				identity: 'alice',
				room: 'call-{random}',
				agent: { name: 'support', expected: true, joinWithinSeconds: 20 }
			},
			deps('agent', state({ receiving: false }))
		),
		practice.gatherers({ id: 'practice', label: 'Practice' }, deps('practice', state()))
	]);
	const probe = {
		id: 'voice',
		url: setUp.probe,
		query: { token: '{token:desk}' },
		alternatives: [],
		expect: { message: 'connected', withinSeconds: 5 }
	};
	const page = pageGatherers({
		clock,
		base: new URL('/', location.href).href,
		witness,
		config: () => NO_CONFIG,
		lines: () => ({ open: ['desk', 'agent', 'practice'], setAside: [] }),
		build: { version: '1.0.0', commit: '' },
		phone: () => ({ ownership: 'here', otherTabs: 0, liveCalls: Number(setUp.inCall) }),
		devices: { microphone: new Cell(''), speaker: new Cell(''), ringer: new Cell('') },
		chosen: () => ({ microphone: '', speaker: '', ringer: '' }),
		ringVolume: new Cell(0.8),
		audio: () => audio,
		silence: '/sounds/silence.wav',
		versionFile: `${httpUrl}/version`,
		mayAsk: false
	});
	const further = probeGatherers(probe, {
		clock,
		base: location.href,
		bearer: () => undefined,
		tokenOf: (id) => shelf.tokenOf(id),
		sockets: witness
	});
	return [...(setUp.page ? page : []), ...lines.flat(), ...further];
}
