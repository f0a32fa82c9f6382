import { canChooseSpeaker } from '#lib/browser/speakers.ts';
import { thrown } from '../probes/shown.ts';
import { within, type ProbeDeps } from '../probes/wait.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Speaker } from '../types.ts';
import { devicesOf, isListed } from './device-list.ts';
import { pageGatherer, type PageDeps } from './page.ts';

/** Whether sound may start, by a silent one. Before the microphone: a page that captures may play. */
export const speaker = (deps: PageDeps) =>
	pageGatherer('speaker', 3 * THRESHOLDS.speakerMs, async (signal): Promise<Speaker> => {
		const probe = { clock: deps.clock, signal };
		const { speaker: id, ringer: ringerId } = deps.chosen();
		const outputs = await devicesOf('audiooutput', probe);
		const context = deps.audio();
		const resume = context.state === 'suspended' ? await tried(() => context.resume(), probe) : undefined;
		const play = await silently(deps.silence, probe);
		const policy = (navigator as { getAutoplayPolicy?: (what: string) => string }).getAutoplayPolicy;
		return {
			outputs: outputs.length,
			canChoose: canChooseSpeaker(),
			...(id === '' ? {} : { chosen: isListed(outputs, id) }),
			...(ringerId === '' ? {} : { ringer: isListed(outputs, ringerId) }),
			ringVolume: deps.ringVolume.value,
			context: context.state,
			...(resume ? { resume } : {}),
			play,
			capturing: deps.phone().liveCalls > 0,
			...(policy ? { autoplayPolicy: policy.call(navigator, 'mediaelement') } : {})
		};
	});

type Outcome = NonNullable<Speaker['play']>;

async function tried(act: () => Promise<void>, deps: ProbeDeps): Promise<Outcome> {
	try {
		const outcome = await within(act(), THRESHOLDS.speakerMs, deps);
		return { outcome: typeof outcome === 'string' ? 'pending' : 'resolved' };
	} catch (error) {
		return { outcome: 'rejected', threw: thrown(error) };
	}
}

async function silently(address: string, deps: ProbeDeps): Promise<Outcome> {
	const element = new Audio(address);
	try {
		return await tried(() => element.play(), deps);
	} finally {
		element.pause();
		element.removeAttribute('src');
	}
}
