import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';

const ALLOCATE = 0x0003;
const ALLOCATE_ERROR = 0x0113;
const [ERROR_CODE, REALM, NONCE] = [0x0009, 0x0014, 0x0015];

/** A relay that refuses every password: it answers each request for an address with 401 (RFC 8656, section 7.3). */
export async function startRefusingRelay(): Promise<{ readonly port: number; close(): Promise<void> }> {
	const socket = createSocket('udp4');
	socket.on('message', (message, { port, address }) => {
		if (message.length < 20 || message.readUInt16BE(0) !== ALLOCATE) return;
		const attributes = Buffer.concat([
			attribute(ERROR_CODE, Buffer.concat([Buffer.from([0, 0, 4, 1]), Buffer.from('Unauthorized')])),
			attribute(REALM, Buffer.from('relay.test')),
			attribute(NONCE, Buffer.from('0123456789abcdef'))
		]);
		const head = Buffer.alloc(4);
		head.writeUInt16BE(ALLOCATE_ERROR, 0);
		head.writeUInt16BE(attributes.length, 2);
		// Magic cookie and transaction, as they came.
		socket.send(Buffer.concat([head, message.subarray(4, 20), attributes]), port, address);
	});
	await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
	const { port }: AddressInfo = socket.address();
	return { port, close: () => new Promise((resolve) => void socket.close(() => resolve())) };
}

function attribute(type: number, value: Buffer): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt16BE(type, 0);
	head.writeUInt16BE(value.length, 2);
	return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}
