import type { AnyCheck } from '../types.ts';
import { agent } from './agent.ts';
import { agentInvitation } from './agent-invitation.ts';
import { autoplay } from './autoplay.ts';
import { browser } from './browser.ts';
import { build } from './build.ts';
import { callEnd } from './call-end.ts';
import { callQuality } from './call-quality.ts';
import { clock } from './clock.ts';
import { configuration } from './configuration.ts';
import { cutConnection } from './cut-connection.ts';
import { farSide } from './far-side.ts';
import { duplicateIdentity } from './duplicate-identity.ts';
import { internet } from './internet.ts';
import { lineState } from './line-state.ts';
import { livekitAddress } from './livekit-address.ts';
import { localNetwork } from './local-network.ts';
import { mediaPath } from './media-path.ts';
import { microphoneAccess } from './microphone-access.ts';
import { microphonePolicy } from './microphone-policy.ts';
import { microphoneSound } from './microphone-sound.ts';
import { noAnswer } from './no-answer.ts';
import { offline } from './offline.ts';
import { playback } from './playback.ts';
import { registration } from './registration.ts';
import { relay } from './relay.ts';
import { roomJoin } from './room-join.ts';
import { serverAddress } from './server-address.ts';
import { serverClose } from './server-close.ts';
import { serverWords } from './server-words.ts';
import { serviceWorker } from './service-worker.ts';
import { silence } from './silence.ts';
import { socketThrottle } from './socket-throttle.ts';
import { soundReceived } from './sound-received.ts';
import { soundSent } from './sound-sent.ts';
import { speakerDevice } from './speaker-device.ts';
import { storage } from './storage.ts';
import { tokenAnswer } from './token-answer.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { tokenEndpointPolicy } from './token-endpoint-policy.ts';
import { tokenEndpointStart } from './token-endpoint-start.ts';
import { tokenForm } from './token-form.ts';
import { tokenGrants } from './token-grants.ts';
import { tokenIdentity } from './token-identity.ts';
import { tokenRenewal } from './token-renewal.ts';
import { tokenTimes } from './token-times.ts';
import { unreachable } from './unreachable.ts';
import { upgrade } from './upgrade.ts';
import { webrtc } from './webrtc.ts';
import { websocketBlock } from './websocket-block.ts';
import { websocketPolicy } from './websocket-policy.ts';

/**
 * Every judgement of the checkup, in the order of the way that a call goes, from the ground up. Of two findings that lie
 * equally deep the one whose check stands further up is named first.
 */
export const CHECKS: readonly AnyCheck[] = [
	offline,
	browser,
	configuration,
	internet,
	websocketBlock,
	clock,
	microphonePolicy,
	webrtc,
	serverAddress,
	tokenEndpointPolicy,
	websocketPolicy,
	localNetwork,
	tokenEndpoint,
	tokenAnswer,
	tokenEndpointStart,
	tokenForm,
	tokenTimes,
	tokenIdentity,
	tokenGrants,
	unreachable,
	noAnswer,
	upgrade,
	cutConnection,
	serverClose,
	serverWords,
	silence,
	livekitAddress,
	registration,
	tokenRenewal,
	roomJoin,
	lineState,
	microphoneAccess,
	microphoneSound,
	autoplay,
	speakerDevice,
	relay,
	mediaPath,
	soundSent,
	soundReceived,
	playback,
	callQuality,
	agentInvitation,
	agent,
	duplicateIdentity,
	callEnd,
	farSide,
	serviceWorker,
	socketThrottle,
	storage,
	build
];
