import {
	RTCPeerConnection,
	RTCRtpCodecParameters,
	RtpHeader,
	RtpPacket,
	useOPUS,
	usePCMU,
	type MediaStreamTrack
} from 'werift';
import type { Hearing } from './hearing.ts';
import { PACKET_SAMPLES, tonePacket } from './tone.ts';

/** What the far end says: your own voice 300 ms later, a sine, or nothing at all. */
export type Voice = 'echo' | 'silence' | { readonly hertz: number };

export interface PeerOptions {
	readonly voice: Voice;
	/** PCMU (default) can be decoded, so that levels and tones are observed; opus is only counted and echoed. */
	readonly codec?: 'PCMU' | 'opus';
	/** Whether the SDP has `telephone-event` (RFC 4733). Without it the SDK sends digits as signalling frames. */
	readonly events?: boolean;
	/** An SDP without one address: the call is answered and no media can ever flow. */
	readonly unreachable?: boolean;
}

export const ECHO_DELAY_MS = 300;
const PACKET_MS = 20;

/** One far end of a call: a real WebRTC peer. What it hears and says is counted in `hearing`, which outlives it. */
export class MediaPeer {
	readonly #pc: RTCPeerConnection;
	readonly #options: PeerOptions;
	readonly #hearing: Hearing;
	readonly #tracks = new Set<MediaStreamTrack>();
	readonly #echoes = new Set<NodeJS.Timeout>();
	#speaking: NodeJS.Timeout | undefined;
	#sequence = 0;

	constructor(options: PeerOptions, hearing: Hearing) {
		this.#options = options;
		this.#hearing = hearing;
		this.#pc = new RTCPeerConnection({
			codecs: { audio: codecs(options) },
			iceServers: [],
			iceUseIpv6: false,
			iceAdditionalHostAddresses: ['127.0.0.1']
		});
		this.#pc.addTransceiver('audio', { direction: 'sendrecv' });
		// werift 0.24.4 takes no servers for its own default, and asks a STUN server of Google for every call.
		for (const { connection } of this.#pc.iceTransports) delete connection.stunServer;
		this.#pc.onTrack.subscribe((track) => this.#hear(track));
		this.#pc.connectionStateChange.subscribe((state) => {
			if (state === 'connected') this.#speak();
		});
	}

	get state(): RTCPeerConnection['connectionState'] {
		return this.#pc.connectionState;
	}

	/** Our side of a call the phone began, or of one that it takes over: all candidates inside. */
	async answer(offer: string): Promise<string> {
		await this.#pc.setRemoteDescription({ type: 'offer', sdp: offer });
		await this.#pc.setLocalDescription(await this.#pc.createAnswer());
		return this.#description();
	}

	async offer(): Promise<string> {
		await this.#pc.setLocalDescription(await this.#pc.createOffer());
		return this.#description();
	}

	async accept(answer: string): Promise<void> {
		await this.#pc.setRemoteDescription({ type: 'answer', sdp: answer });
	}

	/** The phone has restarted ICE. werift 0.24.4 leaves its own side idle when DTLS is already up, so it is started here. */
	async restart(offer: string): Promise<string> {
		const sdp = await this.answer(offer);
		for (const transport of this.#pc.iceTransports) {
			if (transport.state !== 'connected') transport.start().catch(() => undefined);
		}
		return sdp;
	}

	async close(): Promise<void> {
		clearInterval(this.#speaking);
		for (const echo of this.#echoes) clearTimeout(echo);
		this.#echoes.clear();
		await this.#pc.close();
	}

	#description(): string {
		const sdp = this.#pc.localDescription?.sdp ?? '';
		return this.#options.unreachable ? sdp.replace(/^a=candidate:.*\r\n/gm, '') : sdp;
	}

	#hear(track: MediaStreamTrack): void {
		if (this.#tracks.has(track)) return;
		this.#tracks.add(track);
		track.onReceiveRtp.subscribe((packet) => {
			const codec = this.#codec(packet.header.payloadType);
			if (codec === 'telephone-event') return this.#hearing.event(packet.payload, packet.header.timestamp);
			this.#hearing.audio(packet.payload, codec === 'pcmu');
			if (this.#options.voice === 'echo') this.#echo(packet);
		});
	}

	/** Digits are not echoed: our own sequence numbers close the gap, which the SDK would take for loss. */
	#echo(packet: RtpPacket): void {
		const { payload } = packet;
		const { timestamp } = packet.header;
		const echo = setTimeout(() => {
			this.#echoes.delete(echo);
			this.#send(payload, timestamp);
		}, ECHO_DELAY_MS);
		this.#echoes.add(echo);
	}

	#speak(): void {
		const { voice } = this.#options;
		if (typeof voice === 'string' || this.#speaking) return;
		const start = performance.now();
		let sent = 0;
		this.#speaking = setInterval(() => {
			for (; sent * PACKET_MS <= performance.now() - start; sent++) {
				this.#send(tonePacket(voice.hertz, sent), sent * PACKET_SAMPLES);
			}
		}, PACKET_MS);
	}

	#send(payload: Buffer, timestamp: number): void {
		const [sender] = this.#pc.getSenders();
		if (!sender || this.state !== 'connected') return;
		this.#sequence = (this.#sequence + 1) & 0xffff;
		this.#hearing.rtpOut++;
		sender
			.sendRtp(new RtpPacket(new RtpHeader({ sequenceNumber: this.#sequence, timestamp }), payload))
			.catch(() => undefined);
	}

	#codec(payloadType: number): string | undefined {
		const codec = this.#pc.getTransceivers()[0]?.codecs.find((one) => one.payloadType === payloadType);
		return codec?.name.toLowerCase();
	}
}

function codecs({ codec = 'PCMU', events = true }: PeerOptions): RTCRtpCodecParameters[] {
	const speech =
		codec === 'PCMU' ? usePCMU() : useOPUS({ payloadType: 111, parameters: 'minptime=10;useinbandfec=1' });
	const clockRate = codec === 'PCMU' ? 8000 : 48000;
	const payloadType = codec === 'PCMU' ? 126 : 110;
	const event = new RTCRtpCodecParameters({
		mimeType: 'audio/telephone-event',
		clockRate,
		channels: 1,
		payloadType
	});
	return events ? [speech, event] : [speech];
}
