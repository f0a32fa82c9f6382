import type { Line } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Scope } from '#lib/core/scope.ts';

export interface RingReadinessDeps {
	readonly phone: Pick<Phone, 'lines'>;
	/** Whether the page has had a gesture: sound then starts when it is needed. */
	readonly hasBeenTouched: () => boolean;
	/** Makes the page's sound, which is how it becomes known that the browser blocks it. */
	readonly trySound: () => void;
	readonly scope: Scope;
}

/**
 * A page that nobody has touched yet may ring in silence, and nobody would know: once a line is ready for incoming calls,
 * the sound is tried, so that the screens can ask for a tap in time. The practice line rings only after a call of one's own.
 */
export function watchRingReadiness({ phone, hasBeenTouched, trySound, scope }: RingReadinessDeps): void {
	const watching = scope.child();
	const watched = new Map<Line, () => void>();
	watching.add(() => watched.forEach((stop) => stop()));

	const judge = () => {
		const waits = [...watched.keys()].some(({ kind, state: { value } }) => {
			return kind !== 'practice' && value.phase === 'ready' && value.receiving;
		});
		if (!waits) return;
		watching.end();
		if (!hasBeenTouched()) trySound();
	};
	const follow = (lines: readonly Line[]) => {
		for (const [line, stop] of watched) {
			if (lines.includes(line)) continue;
			stop();
			watched.delete(line);
		}
		for (const line of lines) if (!watched.has(line)) watched.set(line, line.state.watch(judge));
		judge();
	};
	watching.add(phone.lines.watch(follow));
	follow(phone.lines.value);
}
