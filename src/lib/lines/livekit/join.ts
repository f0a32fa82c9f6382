import { abortError } from '#lib/core/deadline.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Clock } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import type { Secret } from '#lib/core/secret.ts';
import { connectError, partingOf, type ConnectFailure } from './reasons.ts';
import { RoomEvent, type Room } from './sdk.ts';
import type { ServerAddress } from './url-check.ts';
import { validate } from './validate.ts';

/** From the first request to the server's word that we are in, and from there to a path for sound, ms. */
const SIGNAL_MS = 15_000;
const MEDIA_MS = 16_000;
/** A try of the SDK, ms: a black hole is given up in time for the next one to meet a network that has come back. */
const TRY_MS = 7_000;
const PEER_MS = 15_000;
/** How long the server's own word on the matter is waited for, ms. */
const VALIDATE_MS = 4_000;
/** A connection that works is not given up for a question that a proxy has answered, ms. */
const GRACE_MS = 500;

interface JoinDeps {
	readonly clock: Clock;
	/** False for a room that is made for this call. */
	readonly mayBeFull: boolean;
	/** Takes the wish to join back. */
	readonly signal: AbortSignal;
}

/**
 * Resolves when sound can flow. Rejects with a LineError, within 31 s at the latest; the room is then to be thrown away.
 *
 * The server is asked beside connect() whether it is LiveKit and takes the token, since the SDK (2.23.0) asks a host that
 * answers 404 for ever, ten times a second, and says 'WebSocket' for 400, 500 and 503 alike.
 */
export function join(room: Room, address: ServerAddress, token: Secret, deps: JoinDeps): Promise<void> {
	const { clock, signal, mayBeFull } = deps;
	const scope = new Scope();
	return new Promise((resolve, reject) => {
		let entered = false;
		const settle = (act: () => void) => {
			if (scope.ended) return;
			scope.end();
			act();
		};
		const fail = (error: LineError) => settle(() => reject(error));
		const abort = () => fail(abortError(signal));
		if (signal.aborted) return abort();
		signal.addEventListener('abort', abort);
		scope.add(() => signal.removeEventListener('abort', abort));

		const limit = scope.child();
		const late = () => fail(new LineError('livekit-signalling.silent', { facts: { host: address.host } }));
		limit.add(clock.after(SIGNAL_MS, late));
		const onEntered = () => {
			entered = true;
			limit.end();
			scope.add(clock.after(MEDIA_MS, () => fail(new LineError('media.not-connected'))));
		};
		// connect() itself would tell of it only when its time for a path is over; that it is over it says right after this.
		const onGone = (reason?: number) => {
			if (!entered) return;
			const gone = () => fail(partingOf(reason).error);
			if (reason) queueMicrotask(gone);
			else scope.add(clock.after(GRACE_MS, gone));
		};
		room.on(RoomEvent.SignalConnected, onEntered).on(RoomEvent.Disconnected, onGone);
		scope.add(() => room.off(RoomEvent.SignalConnected, onEntered).off(RoomEvent.Disconnected, onGone));

		const options = { maxRetries: 1, websocketTimeout: TRY_MS, peerConnectionTimeout: PEER_MS };
		const connected = room.connect(address.ws, token.reveal(), options);
		const asked = validate(address, token, { clock, signal: scope.signal, ms: VALIDATE_MS });
		asked.then(
			(fault) => {
				if (fault && !entered) scope.add(clock.after(GRACE_MS, () => !entered && fail(fault)));
			},
			() => {}
		);
		connected.then(
			() => settle(resolve),
			(failure: ConnectFailure) => {
				const ours = connectError(failure, address.host, mayBeFull);
				if (entered) return fail(ours);
				asked.then(
					(fault) => fail(fault ?? ours),
					() => fail(ours)
				);
			}
		);
	});
}
