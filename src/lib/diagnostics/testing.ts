import {
	NOW,
	answered,
	fine,
	twilioClaims,
	livekitClaims,
	tokenFrom,
	TWILIO,
	LIVEKIT,
	PROBE,
	DESK_TOKEN,
	ROOM_TOKEN,
	SECONDS,
	SITE
} from './testing-attempts.ts';
import type { Evidence, Gathered, LineEvidence, PageEvidence, ProbeEvidence } from './types.ts';

export * from './testing-attempts.ts';

// Evidence for tests: a healthy phone with one line of each carrier and one further WebSocket, and what can be changed in it.

const page: PageEvidence = {
	environment: {
		page: SITE,
		secureContext: true,
		framed: false,
		origin: 'https://phone.example.com',
		online: true,
		displayMode: 'browser',
		visibility: 'visible',
		browser: { name: 'Chromium', version: '156', system: 'Linux' },
		features: {
			mediaDevices: true,
			getUserMedia: true,
			RTCPeerConnection: true,
			AudioContext: true,
			WebSocket: true,
			serviceWorker: true,
			setSinkId: true,
			permissions: true,
			wakeLock: true,
			Notification: true,
			locks: true,
			indexedDB: true,
			BroadcastChannel: true
		},
		socketFailures: 0,
		touched: true
	},
	policy: { allows: { microphone: true, autoplay: true }, violations: [] },
	permissions: {
		microphone: 'granted',
		notifications: 'prompt',
		localNetwork: 'prompt',
		loopbackNetwork: 'prompt'
	},
	configuration: { source: 'file', problems: [], lines: ['desk', 'agent'], linesSetAside: [] },
	control: {
		own: answered(`${SITE}version.json`, {
			type: 'basic',
			crossOrigin: false,
			date: new Date(NOW).toUTCString()
		})
	},
	build: {
		running: { version: '1.2.0', commit: 'abcdef0' },
		published: { version: '1.2.0', commit: 'abcdef0' },
		attempt: answered(`${SITE}version.json`, { type: 'basic', crossOrigin: false }),
		worker: { supported: true, controls: true, waiting: false, installing: false }
	},
	storage: { local: true, indexedDb: true, quotaBytes: 1e9, usedBytes: 1e6 },
	phone: { ownership: 'here', otherTabs: 0, liveCalls: 0, pageAgeMs: 60_000, network: [] },
	ice: { host: 1, mdns: 1, completedAfterMs: 9, loopbackConnected: true, servers: [] },
	microphone: {
		permission: 'granted',
		inputs: 1,
		labelled: true,
		attempts: [
			{
				device: 'default',
				outcome: 'opened',
				ms: 200,
				figures: {
					context: 'running',
					listenedMs: 1_000,
					samples: 48_000,
					nonZero: 47_000,
					clipped: 0,
					peakDbfs: -40,
					rmsDbfs: -55,
					floorDbfs: -62,
					track: { enabled: true, muted: false, readyState: 'live' },
					applied: { sampleRate: 48_000 },
					asked: {}
				}
			}
		],
		others: []
	},
	speaker: {
		outputs: 1,
		canChoose: true,
		ringVolume: 0.8,
		context: 'running',
		play: { outcome: 'resolved' },
		capturing: false
	}
};

const desk: LineEvidence = {
	setup: {
		kind: 'twilio',
		accepted: true,
		problems: [],
		addresses: [
			{ role: 'token', written: DESK_TOKEN, source: 'config', used: true },
			{ role: 'server', written: TWILIO, source: 'vendor', used: true }
		],
		switchedOff: false,
		wants: { outgoing: true, incoming: true },
		edges: ['roaming']
	},
	state: {
		phase: 'ready',
		receiving: true,
		wasReady: true,
		readySince: NOW - 50_000,
		since: NOW - 50_000,
		attempts: 0,
		interruptions: []
	},
	token: tokenFrom(DESK_TOKEN, twilioClaims()),
	signalling: { targets: [fine(TWILIO)] },
	registration: { by: 'line', said: [], ageMs: 50_000 },
	// A line without rooms never has this topic.
	room: { validate: [] },
	lineIce: { servers: [], policy: 'all', notTried: 'no-servers-known' },
	calls: { recent: [] }
};

const agent: LineEvidence = {
	...desk,
	setup: {
		kind: 'livekit',
		accepted: true,
		problems: [],
		addresses: [
			{ role: 'token', written: ROOM_TOKEN, source: 'config', used: true },
			{ role: 'server', written: 'wss://rooms.example.org', source: 'config', used: true }
		],
		switchedOff: false,
		wants: { outgoing: true, incoming: false },
		agent: { expected: true, joinWithinSeconds: 20 }
	},
	token: tokenFrom(ROOM_TOKEN, livekitClaims()),
	signalling: { targets: [fine(LIVEKIT)] },
	registration: { by: 'nobody', notAsked: 'not-wanted', said: [] },
	room: {
		validate: [answered('https://rooms.example.org/rtc/validate', { body: 'text', excerpt: 'success' })],
		join: {
			outcome: 'joined',
			ms: 300,
			peerConnectedAfterMs: 500,
			permissions: { canPublish: true, canSubscribe: true }
		}
	}
};

const voice: ProbeEvidence = {
	setup: {
		accepted: true,
		problems: [],
		addresses: [{ role: 'probe', written: PROBE, source: 'config', used: true }],
		query: ['token', 'agentId'],
		tokenParameters: ['token'],
		emptyParameters: [],
		expectsWithinSeconds: 5
	},
	token: tokenFrom('https://app.example.com/session', {
		length: 300,
		payload: { sub: 'alice', exp: SECONDS + 3600 }
	}),
	signalling: { targets: [fine(PROBE)] }
};

/** What differs from health, topic by topic. */
export interface Changes {
	readonly page?: Partial<PageEvidence>;
	readonly desk?: Partial<LineEvidence>;
	readonly agent?: Partial<LineEvidence>;
	readonly voice?: Partial<ProbeEvidence>;
}

export const HEALTHY = { page, desk, agent, voice } as const;

type AllGathered<T> = { readonly [K in keyof T]: Gathered<T[K]> };

export function gathered<T extends object>(topics: T): AllGathered<T> {
	return Object.fromEntries(
		Object.entries(topics).map(([topic, value]: [string, unknown]) => [topic, { ok: true, value, ms: 100 }])
	) as AllGathered<T>;
}

/** The evidence of a healthy phone with these changes. */
export function evidence(changes: Changes = {}): Evidence {
	return {
		page: gathered({ ...page, ...changes.page }),
		lines: { desk: gathered({ ...desk, ...changes.desk }), agent: gathered({ ...agent, ...changes.agent }) },
		probes: { voice: gathered({ ...voice, ...changes.voice }) }
	};
}
