import type { Scope } from '#lib/core/scope.ts';
import type { EchoDeps } from './echo.ts';

/**
 * Plays `source` on the chosen speaker until the scope ends, following every other choice. Where the browser cannot
 * choose, and when the chosen speaker is gone, it is the system's default one.
 */
export function playOn(deps: EchoDeps, source: AudioNode, scope: Scope): void {
	const { speaker } = deps.devices;
	const context = source.context as AudioContext;
	const stream = context.createMediaStreamDestination();
	const element = new Audio();
	element.srcObject = stream.stream;

	const choose = () => {
		// Safari has no choice on elements; the types do not say so.
		const canChoose = 'setSinkId' in element;
		if (!canChoose) return;
		element.setSinkId(speaker.value).catch((error: unknown) => {
			deps.log('warn', 'speaker not available, using the default one', { error });
		});
	};
	choose();
	scope.add(speaker.watch(choose));

	source.connect(stream);
	scope.add(() => {
		element.pause();
		element.srcObject = null;
		source.disconnect(stream);
	});
	// While a microphone is captured, browsers play without a gesture; elsewhere the context itself is the way out.
	element.play().catch((error: unknown) => {
		deps.log('debug', 'media element refused, playing directly', { error });
		if (!scope.ended) source.connect(context.destination);
	});
}
