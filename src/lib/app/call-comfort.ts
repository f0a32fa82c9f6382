import type { MediaControls } from '#lib/browser/media-session.ts';
import type { ScreenAwake } from '#lib/browser/wake-lock.ts';
import type { Call } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import { Scope } from '#lib/core/scope.ts';

export interface CallComfortDeps {
	readonly phone: Pick<Phone, 'calls' | 'focus' | 'hangUp'>;
	readonly awake: Pick<ScreenAwake, 'want'>;
	readonly controls: Pick<MediaControls, 'show' | 'clear'>;
	readonly who: (call: Call) => string;
	readonly lineLabel: (id: string) => string;
	readonly failed: (error: unknown) => void;
	readonly scope: Scope;
}

/** In a call the screen stays on, and the system's own buttons mute and hang up the call that is heard. */
export function easeCalls({ phone, awake, controls, scope, ...deps }: CallComfortDeps): void {
	let shown: Scope | undefined;

	const show = (call: Call) => {
		const one = new Scope();
		const tell = () =>
			controls.show(
				{ title: deps.who(call), line: deps.lineLabel(call.lineId), muted: call.muted.value },
				{
					hangUp: () => void phone.hangUp(call).catch(deps.failed),
					toggleMute: () => void call.setMuted(!call.muted.value).catch(deps.failed)
				}
			);
		one.add(call.muted.watch(tell));
		one.add(call.party.watch(tell));
		one.add(() => controls.clear());
		tell();
		return one;
	};
	const follow = () => {
		shown?.end();
		const call = phone.focus.value;
		shown = call && show(call);
	};
	const count = () => awake.want(phone.calls.value.length > 0);

	scope.add(phone.focus.watch(follow));
	scope.add(phone.calls.watch(count));
	scope.add(() => shown?.end());
	follow();
	count();
}
