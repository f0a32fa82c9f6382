import { createHash } from 'node:crypto';
import { connect } from 'node:tls';
import { makeCertificate, type Certificate } from '../exchange/certificate.ts';
import { startExchange, type Exchange } from '../exchange/exchange.ts';
import { startLiveKit, type LiveKit } from '../livekit/livekit.ts';
import { open, queryOf, send, startHost, startSilentHost, type Host, type HostScript } from './host.ts';

/** Everything beyond the phone that the cases share, in order; what is out of order each case makes for itself. */
export interface FarSide {
	readonly exchange: Exchange;
	readonly livekit: LiveKit;
	/** A further WebSocket in order, at `wss://voice.test:PORT/stream`. */
	readonly voice: Host;
	/** The browsers accept it. */
	readonly certificate: Certificate;
	/** They do not accept this one. */
	readonly untrusted: Certificate;
	/** Hashes of the keys that browsers accept, for a flag of theirs. */
	readonly trusted: readonly string[];
	close(): Promise<void>;
}

/** The far side as one case sees it: what it starts ends with it. */
export interface Far extends FarSide {
	host(script: HostScript): Promise<Host>;
	silentHost(): Promise<Host>;
	/** The name under which the phone is known in this case. */
	readonly identity: string;
}

export async function startFarSide(): Promise<FarSide> {
	const [certificate, untrusted] = await Promise.all([makeCertificate(), makeCertificate()]);
	const [exchange, livekit, voice] = await Promise.all([
		startExchange(),
		startLiveKit(),
		startHost({ certificate, answer: send(426, 'Upgrade Required'), upgrade: VOICE })
	]);
	await livekit.ready;
	const trusted = await Promise.all([keyHash(voice.port), keyHash(Number(exchange.gateway.split(':')[1]))]);
	return {
		exchange,
		livekit,
		voice,
		certificate,
		untrusted,
		trusted,
		close: async () => {
			await Promise.all([exchange.close(), livekit.close(), voice.close()]);
		}
	};
}

/** Confirms whoever shows a token and names an agent. */
export const VOICE = open((socket, request) => {
	const query = queryOf(request);
	if (!query.get('token')) return socket.close(1008, 'Token missing');
	if (!query.get('agentId')) return socket.close(4404, 'agent not found');
	socket.send(JSON.stringify({ type: 'connected' }));
});

export function farOf(side: FarSide, identity: string): { readonly far: Far; end(): Promise<void> } {
	const hosts: Host[] = [];
	const kept = async (starting: Promise<Host>): Promise<Host> => {
		const host = await starting;
		hosts.push(host);
		return host;
	};
	const far: Far = {
		...side,
		identity,
		host: (script) => kept(startHost(script)),
		silentHost: () => kept(startSilentHost())
	};
	return {
		far,
		end: async () => {
			await Promise.all(hosts.map((host) => host.close()));
		}
	};
}

/** Of the public key behind a TLS port, as Chromium wants it. */
function keyHash(port: number): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
			const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
			socket.destroy();
			if (key) resolve(createHash('sha256').update(key).digest('base64'));
			else reject(new Error('no certificate'));
		});
		socket.once('error', reject);
	});
}
