import { constraints, letGo } from '#lib/browser/microphones.ts';
import { thrown } from '../probes/shown.ts';
import { within, type ProbeDeps } from '../probes/wait.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { Microphone, MicrophoneAttempt, MicrophoneFigures } from '../types.ts';
import { devicesOf, isListed } from './device-list.ts';
import { listen } from './listening.ts';
import { pageGatherer, type PageDeps } from './page.ts';
import { queryPermission } from './permissions.ts';

const { microphoneOpenMs, promptMs, microphoneListenMs, otherMicrophoneMs } = THRESHOLDS;
/** Two devices are tried, each opened and heard; then a few others for a moment each. */
const MOST_OTHERS = 4;
const LIMIT_MS = 2 * (promptMs + microphoneListenMs) + MOST_OTHERS * (microphoneOpenMs + otherMicrophoneMs);

/**
 * Opens the microphone, listens for a second and lets go of it. Only where the browser does not ask for it, unless somebody
 * has pressed a button for that; never in a call, where some browsers would take the sound from it.
 */
export const microphone = (deps: PageDeps) =>
	pageGatherer('microphone', LIMIT_MS, (signal) => gather(deps, signal), ['speaker']);

async function gather(deps: PageDeps, signal: AbortSignal): Promise<Microphone> {
	const probe = { clock: deps.clock, signal };
	const [permission, inputs] = await Promise.all([
		queryPermission('microphone', probe),
		devicesOf('audioinput', probe)
	]);
	const chosen = deps.chosen().microphone;
	const known = {
		permission,
		inputs: inputs.length,
		labelled: inputs.some(({ label }) => label !== ''),
		...(chosen === '' ? {} : { chosen: isListed(inputs, chosen) })
	};
	const notOpened = whyNot(deps, permission);
	if (notOpened) return { ...known, notOpened, attempts: [], others: [] };

	const openMs = deps.mayAsk ? promptMs : microphoneOpenMs;
	const attempts: MicrophoneAttempt[] = [];
	for (const device of chosen === '' ? [''] : [chosen, '']) {
		const attempt = await tryDevice(device, openMs, microphoneListenMs, deps, probe);
		attempts.push(attempt);
		if (attempt.outcome !== 'rejected') break;
	}
	const isSilent = attempts.some(({ figures }) => figures?.nonZero === 0);
	const others = isSilent ? await hearOthers(inputs, chosen, deps, probe) : [];
	return { ...known, attempts, others };
}

/** A permission that was denied is tried: nobody is asked, and the browser says whether it was it or the system. */
function whyNot(deps: PageDeps, permission: Microphone['permission']): Microphone['notOpened'] | undefined {
	if (!(navigator.mediaDevices as MediaDevices | undefined)) return 'not-available';
	if (deps.phone().liveCalls > 0) return 'in-a-call';
	const isSettled = permission === 'granted' || permission === 'denied';
	return isSettled || deps.mayAsk ? undefined : 'would-ask';
}

async function tryDevice(
	id: string,
	openMs: number,
	listenMs: number,
	deps: PageDeps,
	probe: ProbeDeps
): Promise<MicrophoneAttempt> {
	const device = id === '' ? ('default' as const) : ('chosen' as const);
	const start = probe.clock.monotonic();
	const age = () => Math.round(probe.clock.monotonic() - start);
	try {
		const stream = await openInTime({ audio: constraints(id) }, openMs, probe);
		if (!stream) return { device, outcome: 'pending', ms: age() };
		const ms = age();
		try {
			const figures = await listen(stream, deps.audio(), listenMs, probe);
			return { device, outcome: 'opened', ms, ...(figures ? { figures } : {}) };
		} finally {
			letGo(stream);
		}
	} catch (error) {
		return { device, outcome: 'rejected', ms: age(), threw: thrown(error) };
	}
}

/** Undefined when it is not open in time; a microphone that opens later is let go of at once. */
export async function openInTime(
	wanted: MediaStreamConstraints,
	ms: number,
	deps: ProbeDeps
): Promise<MediaStream | undefined> {
	const opening = navigator.mediaDevices.getUserMedia(wanted);
	const opened = await within(opening, ms, deps);
	if (typeof opened !== 'string') return opened.value;
	opening.then(letGo, () => {});
	return undefined;
}

async function hearOthers(
	inputs: readonly MediaDeviceInfo[],
	chosen: string,
	deps: PageDeps,
	probe: ProbeDeps
): Promise<readonly MicrophoneFigures[]> {
	const heard: MicrophoneFigures[] = [];
	const others = inputs.filter(
		({ deviceId }) => !['', 'default', 'communications', chosen].includes(deviceId)
	);
	for (const { deviceId } of others.slice(0, MOST_OTHERS)) {
		if (probe.signal.aborted) break;
		const { figures } = await tryDevice(deviceId, microphoneOpenMs, otherMicrophoneMs, deps, probe);
		if (figures) heard.push(figures);
	}
	return heard;
}
