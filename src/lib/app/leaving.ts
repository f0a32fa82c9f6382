import type { Phone } from '#lib/core/phone.ts';
import type { Scope } from '#lib/core/scope.ts';

/**
 * While there is a call the browser asks before the page is closed. Listened for only then, since the listener alone keeps
 * some browsers from keeping the page for "back".
 */
export function guardLeaving(phone: Pick<Phone, 'calls'>, window: EventTarget, scope: Scope): void {
	let guard: Scope | undefined;
	const follow = () => {
		const isNeeded = phone.calls.value.length > 0;
		if (isNeeded === (guard !== undefined)) return;
		guard?.end();
		guard = isNeeded ? scope.child() : undefined;
		guard?.on(window, 'beforeunload', (event) => event.preventDefault());
	};
	scope.add(phone.calls.watch(follow));
	follow();
}
