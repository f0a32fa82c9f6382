import { LogBuffer } from '#lib/core/log-buffer.ts';
import type { Clock, Log } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface PageLog {
	readonly log: Log;
	readonly buffer: LogBuffer;
}

/**
 * The log of this page: the buffer holds everything, redacted; the console gets warnings and errors, as the buffer has
 * them. What nobody caught is logged as well, until the scope ends.
 */
export function startPageLog(clock: Clock, window: EventTarget, scope: Scope): PageLog {
	const buffer = new LogBuffer(clock);
	const log: Log = (level, what, facts) => {
		buffer.log(level, what, facts);
		if (level !== 'warn' && level !== 'error') return;
		const entry = buffer.entries().at(-1);
		// eslint-disable-next-line no-console -- the only place that writes there
		if (entry) console[level](entry.what, entry.facts);
	};
	// The browser itself writes these to the console.
	scope.on(window, 'error', (event) => {
		const uncaught = event as ErrorEvent;
		buffer.log('error', 'uncaught', { error: (uncaught.error as unknown) ?? uncaught.message });
	});
	scope.on(window, 'unhandledrejection', (event) => {
		buffer.log('error', 'unhandled rejection', { error: (event as PromiseRejectionEvent).reason as unknown });
	});
	return { log, buffer };
}
