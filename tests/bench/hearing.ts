declare global {
	interface Window {
		/** What the browser's statistics say of all inbound sound. */
		offhookHeard(): Promise<{ readonly packets: number; readonly energy: number }>;
	}
}

/**
 * Marks `heard` when the first sound of somebody else has been handed to what plays it. To be put into every candidate
 * after the instruments and before its own scripts; sent as text, so it may use nothing from outside itself.
 *
 * The browser's statistics can be 50 ms old and only confirm it; what a receiver delivers can be asked at any time.
 */
export function installHearing(): void {
	const EVERY_MS = 10;
	const { marks } = window.offhookBench;
	const { setTimeout: after } = window;
	const peers: RTCPeerConnection[] = [];
	window.RTCPeerConnection = class extends RTCPeerConnection {
		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			if (peers.push(this) === 1) look();
		}
	};
	const delivers = (receiver: RTCRtpReceiver) =>
		receiver.track.kind === 'audio' && receiver.getSynchronizationSources().length > 0;
	function look(): void {
		if (peers.some((peer) => peer.getReceivers().some(delivers))) marks['heard'] ??= performance.now();
		else after.call(window, look, EVERY_MS);
	}

	window.offhookHeard = async () => {
		const heard = { packets: 0, energy: 0 };
		for (const peer of peers)
			(await peer.getStats()).forEach((report: Partial<RTCInboundRtpStreamStats>) => {
				if (report.type !== 'inbound-rtp' || report.kind !== 'audio') return;
				heard.packets += report.packetsReceived ?? 0;
				heard.energy += report.totalAudioEnergy ?? 0;
			});
		return heard;
	};
}
