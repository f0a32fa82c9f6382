import { shownUrl } from '../probes/shown.ts';
import type { Environment, Feature } from '../types.ts';
import { browserOf, type UserAgentData } from './user-agent.ts';
import { pageGatherer, type PageDeps } from './page.ts';

interface Connection {
	readonly effectiveType?: string;
	readonly rtt?: number;
	readonly saveData?: boolean;
}

/** Not in every list of types, and not in every browser. */
type Navigator2 = Omit<Navigator, 'userActivation'> & {
	readonly connection?: Connection;
	readonly userActivation?: UserActivation;
	readonly userAgentData?: UserAgentData;
};

const MODES = ['fullscreen', 'standalone', 'minimal-ui', 'window-controls-overlay', 'browser'];

/** The ground that everything stands on, without a single request. */
export const environment = ({ witness }: PageDeps) =>
	pageGatherer('environment', 0, async (): Promise<Environment> => {
		const { connection, userActivation, userAgentData, userAgent, onLine } = navigator as Navigator2;
		return {
			page: shownUrl(location.href),
			secureContext: isSecureContext,
			framed: top !== self,
			origin: self.origin,
			online: onLine,
			displayMode: MODES.find((mode) => matchMedia(`(display-mode: ${mode})`).matches) ?? 'browser',
			visibility: document.visibilityState,
			browser: browserOf(userAgent, userAgentData),
			features: featuresOf(),
			...(connection ? { connection: connectionOf(connection) } : {}),
			socketFailures: witness.socketFailures,
			...(userActivation ? { touched: userActivation.hasBeenActive } : {})
		};
	});

function featuresOf(): Readonly<Record<Feature, boolean>> {
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	return {
		mediaDevices: devices !== undefined,
		getUserMedia: devices !== undefined && 'getUserMedia' in devices,
		RTCPeerConnection: 'RTCPeerConnection' in globalThis,
		AudioContext: 'AudioContext' in globalThis,
		WebSocket: 'WebSocket' in globalThis,
		serviceWorker: 'serviceWorker' in navigator,
		setSinkId: 'setSinkId' in HTMLMediaElement.prototype,
		permissions: 'permissions' in navigator,
		wakeLock: 'wakeLock' in navigator,
		Notification: 'Notification' in globalThis,
		locks: 'locks' in navigator,
		indexedDB: 'indexedDB' in globalThis,
		BroadcastChannel: 'BroadcastChannel' in globalThis
	};
}

const connectionOf = ({
	effectiveType,
	rtt,
	saveData
}: Connection): NonNullable<Environment['connection']> => ({
	...(effectiveType === undefined ? {} : { effectiveType }),
	...(rtt === undefined ? {} : { rttMs: rtt }),
	...(saveData === undefined ? {} : { saveData })
});
