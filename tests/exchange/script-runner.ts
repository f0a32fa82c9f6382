import type { FarCall } from './far-call.ts';
import type { Step } from './script.ts';

/** What a script may do beyond its own call. */
export interface Faults {
	refuseSockets(ms: number, call: FarCall): void;
	cutSockets(ms: number, call: FarCall): void;
	forget(call: FarCall): void;
	callBack(step: Extract<Step, { do: 'call-back' }>, call: FarCall): void;
}

/** Plays a script. Once the call is over only calling back, and waiting for it, are left of it. */
export async function runScript(script: readonly Step[], call: FarCall, faults: Faults): Promise<void> {
	for (const [index, step] of script.entries()) {
		if (call.stopped.aborted) return;
		if (call.over) {
			if (!script.slice(index).some((later) => later.do === 'call-back')) return;
			if (step.do !== 'wait' && step.do !== 'call-back') continue;
		}
		try {
			await take(step, call, faults);
		} catch (error) {
			call.hangUp({ code: 31000, message: `The exchange failed: ${String(error)}` });
		}
	}
}

function take(step: Step, call: FarCall, faults: Faults): Promise<void> | void {
	switch (step.do) {
		case 'wait':
			return pause(step.ms, call.over ? call.stopped : call.ended);
		case 'await-answer':
			return call.answered;
		case 'ring':
			return call.ring();
		case 'answer':
			return call.answerWith(step.peer);
		case 'hang-up':
			return call.hangUp(step.error);
		case 'cancel':
			return call.cancel();
		case 'complain':
			return call.complain(step.error);
		case 'drop-socket':
			return call.dropSocket();
		case 'refuse-sockets':
			return faults.refuseSockets(step.ms, call);
		case 'cut-sockets':
			return faults.cutSockets(step.ms, call);
		case 'forget':
			return faults.forget(call);
		case 'stop-media':
			return call.stopMedia();
		case 'call-back':
			return faults.callBack(step, call);
	}
}

function pause(ms: number, until: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(done, ms);
		until.addEventListener('abort', done, { once: true });
		function done(): void {
			clearTimeout(timer);
			until.removeEventListener('abort', done);
			resolve();
		}
	});
}
