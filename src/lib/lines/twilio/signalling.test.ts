import { expect, test } from 'vitest';
import type { SignallingEvent, SignallingStream } from './sdk.ts';
import { Signalling } from './signalling.ts';

function bench() {
	const listeners = new Map<string, (payload?: unknown) => void>();
	let failures = 0;
	const signalling = new Signalling({ failed: () => void failures++ });
	let hurries = 0;
	const stream: SignallingStream = {
		on: (event, listener) => listeners.set(event, listener),
		hurry: () => void hurries++
	};
	signalling.attach(stream);
	const happens = (...events: SignallingEvent[]) => {
		for (const event of events) listeners.get(event)?.();
	};
	return { signalling, happens, failures: () => failures, hurries: () => hurries };
}

test('sockets that are gone before they opened are counted, others are not', () => {
	const { happens, failures } = bench();
	happens('transportClose', 'transportClose');
	expect(failures()).toBe(2);
	happens('transportOpen', 'connected', 'transportClose');
	expect(failures()).toBe(2);
	happens('transportClose');
	expect(failures()).toBe(3);
});

test('what came to nothing is named by how far it got', () => {
	const { signalling, happens } = bench();
	expect(signalling.fault()).toBe('twilio-signalling.unreachable');
	happens('transportOpen');
	expect(signalling.fault()).toBe('twilio-signalling.silent');
	happens('transportClose');
	expect(signalling.fault()).toBe('twilio-signalling.interrupted');
	happens('transportOpen', 'connected');
	expect(signalling.fault()).toBe('registration.not-confirmed');
});

test('only a socket that is gone, or was never taken, is hurried', () => {
	const { signalling, happens, hurries } = bench();
	happens('transportOpen');
	signalling.hurry();
	expect(hurries()).toBe(1);
	happens('connected');
	signalling.hurry();
	expect(hurries()).toBe(1);
	happens('transportClose');
	signalling.hurry();
	expect(hurries()).toBe(2);
});
