import type { Log } from '#lib/core/ports.ts';
import { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';

/** Where sound goes in. */
export interface Output {
	readonly input: AudioNode;
	/** Resolves when the way to the device is open; never rejects. */
	readonly ready: Promise<void>;
	close(): void;
}

/** Safari plays on the system's default output only. */
export function canChooseSpeaker(): boolean {
	return 'setSinkId' in HTMLMediaElement.prototype;
}

/**
 * Plays on the chosen device and follows every other choice; on the system's default one where that cannot be done. A
 * context has one device only, so that any other is reached through a media element.
 */
export function openOutput(context: AudioContext, device: Watched<string>, log: Log): Output {
	const scope = new Scope();
	const input = context.createGain();
	let way = scope.child();
	let ready = openWay(input, device.value, way, log);
	scope.add(
		device.watch((id) => {
			way.end();
			way = scope.child();
			ready = openWay(input, id, way, log);
		})
	);
	return {
		input,
		get ready() {
			return ready;
		},
		close: () => scope.end()
	};
}

async function openWay(input: AudioNode, id: string, way: Scope, log: Log): Promise<void> {
	const context = input.context as AudioContext;
	const direct = () => {
		input.connect(context.destination);
		way.add(() => input.disconnect(context.destination));
	};
	if (id === '' || !canChooseSpeaker()) return direct();

	const bridge = context.createMediaStreamDestination();
	const element = new Audio();
	element.srcObject = bridge.stream;
	input.connect(bridge);
	const bridged = way.child();
	bridged.add(() => {
		element.pause();
		element.srcObject = null;
		input.disconnect(bridge);
	});
	try {
		await element.setSinkId(id);
		await element.play();
	} catch (error) {
		if (way.ended) return;
		// The device is gone, or the browser plays no element before a gesture while the context already runs.
		log('warn', 'chosen output refused, using the default one', { error });
		bridged.end();
		direct();
	}
}
