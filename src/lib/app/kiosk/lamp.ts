import type { ConfigState } from '#lib/config/config.ts';
import type { Fault } from '#lib/core/errors.ts';
import type { Line } from '#lib/core/line.ts';
import type { LineState } from '#lib/core/line-state.ts';
import type { Ownership, SoundHardware } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';
import type { KioskLamp } from '#lib/state/kiosk-port.ts';

type Test = NonNullable<KioskLamp['test']>;

export interface LampFacts {
	readonly lines: readonly { readonly kind: string; readonly state: LineState }[];
	readonly config: Pick<ConfigState, 'source' | 'problems' | 'error'>;
	readonly ownership: Ownership;
	readonly microphone: SoundHardware['permission']['value'];
	readonly test: Test | undefined;
}

/** The lines that count: the practice line where there is no other. */
export function countingLines<T extends { readonly kind: string }>(lines: readonly T[]): readonly T[] {
	const real = lines.filter(({ kind }) => kind !== 'practice');
	return real.length > 0 ? real : lines;
}

/** Pure. */
export function lampOf(facts: LampFacts): KioskLamp {
	const { config, ownership, microphone, test } = facts;
	const tested = test ? { test } : {};
	const out = (fault: Fault): KioskLamp => ({ light: 'out', fault, ...tested });
	if (ownership === 'elsewhere') return out('line.in-another-tab');
	const lines = countingLines(facts.lines).map(({ state }) => state);
	const isReady = lines.map(({ phase }) => phase === 'ready');
	const isOpening = lines.every(({ phase }) => phase === 'opening' || phase === 'ready');
	const broken = lines.find((state) => 'because' in state);
	const fault = broken && 'because' in broken ? broken.because.fault : undefined;
	if (microphone === 'denied') return out('microphone.blocked');
	if (!isReady.includes(true))
		return isOpening
			? { light: 'starting', ...tested }
			: { light: 'out', ...(fault ? { fault } : {}), ...tested };

	const configFault = config.error?.fault ?? (hasErrors(config) ? 'config.invalid' : undefined);
	const wrong = fault ?? configFault;
	const isTroubled = test?.verdict === 'blocked' || test?.verdict === 'degraded';
	const isWhole = !isReady.includes(false) && wrong === undefined && !isTroubled;
	return { light: isWhole ? 'ready' : 'trouble', ...(wrong ? { fault: wrong } : {}), ...tested };
}

const hasErrors = ({ problems }: LampFacts['config']): boolean =>
	problems.some(({ severity }) => severity === 'error');

export interface LampDeps {
	readonly lines: Watched<readonly Line[]>;
	readonly config: Watched<ConfigState>;
	readonly ownership: Watched<Ownership>;
	readonly microphone: SoundHardware['permission'];
	readonly test: Watched<Test | undefined>;
	readonly scope: Scope;
}

/** The lamp as it is now. */
export function watchLamp(deps: LampDeps): Watched<KioskLamp> {
	const { scope } = deps;
	const stops = new Map<Line, () => void>();
	const facts = (): LampFacts => ({
		lines: deps.lines.value.map(({ kind, state }) => ({ kind, state: state.value })),
		config: deps.config.value,
		ownership: deps.ownership.value,
		microphone: deps.microphone.value,
		test: deps.test.value
	});
	const lamp = new Cell<KioskLamp>(lampOf(facts()));
	const judge = () => {
		const now = lampOf(facts());
		if (JSON.stringify(now) !== JSON.stringify(lamp.value)) lamp.set(now);
	};
	const follow = (lines: readonly Line[]) => {
		for (const [line, stop] of [...stops]) {
			if (lines.includes(line)) continue;
			stop();
			stops.delete(line);
		}
		for (const line of lines) if (!stops.has(line)) stops.set(line, line.state.watch(judge));
		judge();
	};
	scope.add(() => stops.forEach((stop) => stop()));
	scope.add(deps.lines.watch(follow));
	for (const fact of [deps.config, deps.ownership, deps.microphone, deps.test]) scope.add(fact.watch(judge));
	follow(deps.lines.value);
	return lamp;
}
