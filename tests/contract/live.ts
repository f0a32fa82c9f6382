/** What is still open in this page. A test ends with all of it at 0. */
export interface Live {
	/** Captured tracks, and clones of them, that have not been stopped. */
	readonly tracks: number;
	readonly peerConnections: number;
	/** Connecting or open; a socket that is closing counts as closed. */
	readonly sockets: number;
}

const tracks = new Set<MediaStreamTrack>();
const peerConnections = new Set<RTCPeerConnection>();
const sockets = new Set<WebSocket>();

/** Counts what has been opened since this module was imported: import it before anything that keeps a constructor. */
export function liveNow(): Live {
	return {
		tracks: [...tracks].filter((track) => track.readyState === 'live').length,
		peerConnections: [...peerConnections].filter((peer) => peer.connectionState !== 'closed').length,
		sockets: [...sockets].filter((socket) => socket.readyState <= WebSocket.OPEN).length
	};
}

const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (constraints) => {
	const stream = await getUserMedia(constraints);
	for (const track of stream.getTracks()) tracks.add(track);
	return stream;
};

// The clone of a captured track keeps the microphone open as well; that of a received or made one does not matter here.
const prototype: { clone: (this: MediaStreamTrack) => MediaStreamTrack } = MediaStreamTrack.prototype;
const { clone } = prototype;
prototype.clone = function () {
	const copy = clone.call(this);
	if (tracks.has(this)) tracks.add(copy);
	return copy;
};

globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
	construct(target, args: [RTCConfiguration?], newTarget) {
		const peer = Reflect.construct(target, args, newTarget) as RTCPeerConnection;
		peerConnections.add(peer);
		return peer;
	}
});

// Vitest's own socket was opened before this module came.
globalThis.WebSocket = new Proxy(WebSocket, {
	construct(target, args: [string], newTarget) {
		const socket = Reflect.construct(target, args, newTarget) as WebSocket;
		sockets.add(socket);
		return socket;
	}
});
