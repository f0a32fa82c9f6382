/** What tells one browser connection, and one ICE session of it, from another in the phone's SDP. */
export interface SdpIdentity {
	/** The session id: the same in every description that one connection makes (RFC 8829, 5.2.1). */
	readonly connection: string;
	/** Changes when ICE restarts. */
	readonly ice: string;
}

export function sdpIdentity(sdp: string): SdpIdentity {
	return {
		connection: /^o=\S+ (\d+) /m.exec(sdp)?.[1] ?? '',
		ice: /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? ''
	};
}
