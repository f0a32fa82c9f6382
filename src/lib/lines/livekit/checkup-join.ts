import type { Secret } from '#lib/core/secret.ts';
import { foreign, thrown } from '#lib/diagnostics/probes/shown.ts';
import { LIMITS } from '#lib/diagnostics/probes/limits.ts';
import { within, type ProbeDeps } from '#lib/diagnostics/probes/wait.ts';
import type { Room as RoomEvidence } from '#lib/diagnostics/types.ts';
import type { ConnectFailure } from './reasons.ts';
import { engineOf, newRoom, pathOf, RoomEvent, throwAway, type Room } from './sdk.ts';
import type { ServerAddress } from './url-check.ts';

export interface JoinSeen {
	readonly join: NonNullable<RoomEvidence['join']>;
	/** How often the server was asked meanwhile. */
	readonly requests: number;
	/** What the server gave for the way of the sound. */
	readonly iceServers: readonly RTCIceServer[];
	readonly relayOnly: boolean;
}

/**
 * Joins a room of the checkup's own by the SDK itself, as a call does, and leaves it at once. Never rejects; the room is
 * thrown away in ten seconds at most, since connect() may never settle.
 */
export async function joinOnce(
	audio: AudioContext,
	address: ServerAddress,
	token: Secret,
	deps: ProbeDeps
): Promise<JoinSeen> {
	const start = deps.clock.monotonic();
	const age = () => Math.round(deps.clock.monotonic() - start);
	let room: Room | undefined;
	let engine: ReturnType<typeof engineOf>;
	let given: Given = { iceServers: [], relayOnly: false };
	let disconnectReason: number | undefined;
	let enteredAfterMs: number | undefined;
	let join: NonNullable<RoomEvidence['join']>;
	try {
		room = newRoom(audio, 0);
		engine = engineOf(room);
		const entered = room;
		room.on(RoomEvent.SignalConnected, () => {
			enteredAfterMs = age();
			given = givenTo(entered);
		});
		room.on(RoomEvent.Disconnected, (reason?: number) => (disconnectReason = reason));
		const options = {
			maxRetries: 1,
			websocketTimeout: LIMITS.watchdogMs,
			peerConnectionTimeout: LIMITS.watchdogMs
		};
		const outcome = await within(room.connect(address.ws, token.reveal(), options), LIMITS.watchdogMs, deps);
		join =
			typeof outcome === 'string'
				? { outcome: 'pending', ms: age(), ...pathIn(room) }
				: { outcome: 'joined', ms: age(), peerConnectedAfterMs: age(), ...permissionsOf(room) };
	} catch (error) {
		join = { outcome: 'failed', ms: age(), ...failureOf(error) };
	} finally {
		if (room) throwAway(room, engine);
	}
	const reason = join.outcome === 'joined' ? undefined : disconnectReason;
	return {
		join: {
			...join,
			...(enteredAfterMs === undefined ? {} : { enteredAfterMs }),
			...(reason === undefined ? {} : { disconnectReason: reason })
		},
		requests: requestsTo(address, start),
		...given
	};
}

/** A path that has not come to be, as far as it got. */
function pathIn(room: Room): Pick<NonNullable<RoomEvidence['join']>, 'path'> {
	const path = pathOf(room);
	return path ? { path: { ice: path.ice, local: path.local, remote: path.remote } } : {};
}

type Given = Pick<JoinSeen, 'iceServers' | 'relayOnly'>;

/** The server's answer to the join, as the SDK keeps it (RTCEngine, internal). */
interface Answered {
	readonly latestJoinResponse?: {
		readonly iceServers?: readonly { urls: string[]; username: string; credential: string }[];
		/** ClientConfiguration.forceRelay: 2 is ENABLED of ClientConfigSetting. */
		readonly clientConfiguration?: { readonly forceRelay?: number };
	};
}

const ENABLED = 2;

function givenTo(room: Room): Given {
	const { latestJoinResponse } = (engineOf(room) ?? {}) as Answered;
	return {
		iceServers: (latestJoinResponse?.iceServers ?? []).map(({ urls, username, credential }) => ({
			urls,
			...(username === '' ? {} : { username, credential })
		})),
		relayOnly: latestJoinResponse?.clientConfiguration?.forceRelay === ENABLED
	};
}

function permissionsOf({ localParticipant: { permissions } }: Room) {
	if (!permissions) return {};
	const { canPublish, canSubscribe, canPublishSources } = permissions;
	const sources = canPublishSources.map((source) => String(source));
	return { permissions: { canPublish, canSubscribe, ...(sources.length > 0 ? { sources } : {}) } };
}

/** The SDK's own words; a 401's hold the whole token, and are redacted. */
function failureOf(error: unknown): Pick<NonNullable<RoomEvidence['join']>, 'failure' | 'threw'> {
	const { reason, status, message } = (error instanceof Object ? error : {}) as ConnectFailure;
	if (typeof reason !== 'number') return { threw: thrown(error) };
	return {
		failure: {
			reason,
			...(typeof status === 'number' ? { status } : {}),
			message: typeof message === 'string' ? foreign(message) : ''
		}
	};
}

function requestsTo({ http }: ServerAddress, since: number): number {
	return performance
		.getEntriesByType('resource')
		.filter(({ name, startTime }) => startTime >= since && name.startsWith(http)).length;
}
