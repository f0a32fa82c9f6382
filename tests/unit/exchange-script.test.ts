import { expect, test, vi } from 'vitest';
import { FarCall } from '../exchange/far-call.ts';
import { runScript } from '../exchange/script-runner.ts';
import { hangUp, refuse, ring, wait, type Step } from '../exchange/script.ts';

const caller = { from: '+12025550190', name: 'Ada', params: {} };
const callBack: Step = { do: 'call-back', behaviour: 'echo', caller };

function makeCall(): { call: FarCall; sent: string[]; faults: ReturnType<typeof makeFaults> } {
	const sent: string[] = [];
	const faults = makeFaults();
	const socket = {
		open: true,
		send: (type: string) => void sent.push(type),
		cut: () => void sent.push('cut')
	};
	const facts = {
		direction: 'out',
		identity: 'ada',
		to: '1',
		from: 'client:ada',
		params: {},
		plan: 'test'
	} as const;
	return { call: new FarCall(facts, socket, faults), sent, faults };
}

function makeFaults() {
	return { refuseSockets: vi.fn(), cutSockets: vi.fn(), forget: vi.fn(), callBack: vi.fn() };
}

test('a script is played in order', async () => {
	const { call, sent, faults } = makeCall();
	await runScript([ring, wait(1), { do: 'drop-socket' }, refuse(31486, 'Busy Here')], call, faults);
	expect(sent).toEqual(['ringing', 'cut', 'hangup']);
	expect(call.observe().ended).toEqual({ by: 'far side', how: 'refused', code: 31486 });
});

test('the end of the call cuts waiting short, and what was to come is left out', async () => {
	const { call, sent, faults } = makeCall();
	const playing = runScript([ring, wait(60_000), { do: 'drop-socket' }, hangUp], call, faults);
	call.end({ by: 'phone', how: 'hangup' });
	await playing;
	expect(sent).toEqual(['ringing']);
});

test('calling back outlives the call', async () => {
	const { call, faults } = makeCall();
	await runScript([hangUp, wait(1), callBack], call, faults);
	expect(faults.callBack).toHaveBeenCalledOnce();
});

test('a stopped exchange calls nobody back', async () => {
	const { call, faults } = makeCall();
	const playing = runScript([hangUp, wait(60_000), callBack], call, faults);
	call.stop();
	await playing;
	expect(faults.callBack).not.toHaveBeenCalled();
});

test('an SDP that cannot be read ends the call', async () => {
	const { call, sent, faults } = makeCall();
	await runScript([{ do: 'answer', peer: { voice: 'echo' } }, { do: 'drop-socket' }], call, faults);
	expect(sent).toEqual(['hangup']);
	expect(call.observe().ended).toMatchObject({ code: 31000 });
});
