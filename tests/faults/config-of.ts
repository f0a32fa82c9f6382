import type { Far } from './far-side.ts';
import type { Injection, Patch } from './injection.ts';

/** The phone's config.json: the lines that an injection names, healthy but for what it lays over them. */
export function configOf({ desk, agent, voice, config = {} }: Injection, far: Far): object {
	const lines = [
		...(desk || !agent ? [laidOver(healthyDesk(far), desk)] : []),
		...(agent ? [laidOver(healthyAgent(far), agent)] : [])
	];
	const probes = voice ? [laidOver(healthyVoice(far), voice)] : [];
	return { lines, ...(probes.length > 0 ? { probes } : {}), ...config };
}

const healthyDesk = ({ exchange, identity }: Far): Patch => ({
	id: 'desk',
	kind: 'twilio',
	label: 'Support desk',
	token: { url: exchange.tokenUrl() },
	identity,
	gateway: exchange.gateway
});

const healthyAgent = ({ livekit, identity }: Far): Patch => ({
	id: 'agent',
	kind: 'livekit',
	label: 'Voice agent',
	token: { url: livekit.tokenUrl() },
	identity
});

const healthyVoice = ({ voice, exchange }: Far): Patch => ({
	id: 'voice',
	label: 'Voice proxy',
	url: `wss://voice.test:${voice.port}/stream`,
	token: { url: exchange.tokenUrl() },
	query: { token: '{token}', agentId: 'demo' },
	expect: { message: 'connected', withinSeconds: 5 }
});

const laidOver = (entry: Patch, patch: Patch = {}): Patch =>
	Object.fromEntries(Object.entries({ ...entry, ...patch }).filter(([, value]) => value !== undefined));
