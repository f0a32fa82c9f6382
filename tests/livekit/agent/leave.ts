import type { DisconnectReason, Room } from '@livekit/rtc-node';
import {
	DisconnectRequest,
	type DisconnectCallback,
	type DisconnectResponse
} from '@livekit/rtc-ffi-bindings';
// The library's Room.disconnect() has no reason to give; its native half takes one, and the server passes it on.
import { FfiClient } from './node_modules/@livekit/rtc-node/dist/ffi_client.cjs';

/** Leaves, and says why: what LiveKit's own telephone bridge does when a callee is busy. Resolves when the room is left. */
export async function leaveBecause(room: Room, reason: DisconnectReason): Promise<void> {
	const handle = (Reflect.get(room, 'ffiHandle') as { handle: bigint } | undefined)?.handle;
	if (handle === undefined) return;
	const { instance } = FfiClient;
	const { asyncId } = instance.request<DisconnectResponse>({
		message: { case: 'disconnect', value: new DisconnectRequest({ roomHandle: handle, reason }) }
	});
	await instance.waitFor<DisconnectCallback>(
		({ message }) => message.case === 'disconnect' && message.value.asyncId === asyncId
	);
}
