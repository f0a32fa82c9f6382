import { addressKey, parseAddress, type Address } from '#lib/core/address.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Call, Line } from '#lib/core/line.ts';
import { until } from '#lib/core/watched.ts';
import type { CallRecord } from '#lib/diagnostics/types.ts';
import type { CallWish, Checkup } from '#lib/state/checkup-port.ts';
import type { CheckupDeps } from './checkup-deps.ts';
import { ownRing } from './own-ring.ts';

/** A call that nobody answers is given up then. */
const ANSWER_MS = 30_000;
/** A voice agent needs 3 to 8 s to join, and says something soon after. */
const AGENT_MS = 20_000;

/** The buttons that really call. Each call is marked as theirs, measured like any other, and hung up in the end. */
export function checkupCalls(deps: CheckupDeps): Pick<Checkup, 'call' | 'ownAddress'> {
	const { phone, calls, clock } = deps;

	function ownAddress(id: string): Address | undefined {
		const line = lineOf(id);
		const identity = deps.lines.identityOf(id) ?? identityIn(deps.config.state.value.config.lines, id);
		return line?.can.dials.includes('client') && identity !== undefined
			? { kind: 'client', value: identity }
			: undefined;
	}
	const lineOf = (id: string): Line | undefined => phone.lines.value.find((line) => line.id === id);
	const pause = (ms: number, signal: AbortSignal) =>
		new Promise<void>((resolve) => {
			const cancel = clock.after(ms, resolve);
			signal.addEventListener('abort', () => (cancel(), resolve()), { once: true });
			if (signal.aborted) resolve();
		});

	/** Whom to call, and the digits behind the number. */
	function target(wish: CallWish, line: Line): { readonly address: Address; readonly digits: string } {
		if (wish.purpose === 'self') {
			const address = ownAddress(wish.line);
			if (!address) throw new LineError('address.unsupported');
			return { address, digits: '' };
		}
		if (wish.purpose === 'agent' && line.can.own) return { address: line.can.own, digits: '' };
		const read = parseAddress(wish.to ?? '', line.can, deps.country());
		if (!read.ok) throw read.error;
		return read.value;
	}

	/** When it rings on this device, ms. Rejects where somebody else called and ours did not come. */
	async function rangHere(outgoing: Call, own: string, signal: AbortSignal): Promise<number | undefined> {
		const ring = await ownRing(outgoing, own, { calls: phone.calls, clock, signal });
		if (ring === 'stranger') throw new LineError('command.not-now');
		if (ring) calls.mark(ring.call, 'self');
		return ring?.afterMs;
	}

	async function listen(call: Call, wish: CallWish, signal: AbortSignal): Promise<void> {
		const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
		const isOver = (phase: string) => phase === 'talking' || phase === 'ended';
		await until(call.state, ({ phase }) => isOver(phase), limit).catch(() => {});
		if (call.state.value.phase !== 'talking') return;
		const ended = until(call.state, ({ phase }) => phase === 'ended', signal).catch(() => {});
		const { conversation } = call;
		if (wish.purpose === 'agent' && conversation) {
			const settled = until(
				conversation.agent,
				({ phase }) => phase !== 'awaited' && phase !== 'starting',
				AbortSignal.any([signal, AbortSignal.timeout(AGENT_MS)])
			).catch(() => {});
			await Promise.race([settled, ended]);
		}
		await Promise.race([pause(wish.talkMs, signal), ended]);
	}

	return {
		ownAddress,
		async call(wish, signal, tell): Promise<CallRecord> {
			const line = lineOf(wish.line);
			if (!line) throw new LineError('line.not-ready');
			// It comes first, and a second one would put it on hold.
			if (phone.calls.value.length > 0) throw new LineError('command.not-now');
			const { address, digits } = target(wish, line);
			const call = await phone.dial(line.id, address, { signal, ...(digits === '' ? {} : { digits }) });
			calls.mark(call, wish.purpose);
			const record = calls.follow(call);
			const stop = record.watch(tell);
			try {
				tell(record.value);
				if (wish.purpose === 'self') {
					const rang = await rangHere(call, addressKey(address), signal);
					await call.hangUp();
					if (rang === undefined) {
						const { ringingAfterMs: _far, ...silent } = record.value;
						return silent;
					}
					calls.rangHere(call, rang);
				} else {
					await listen(call, wish, signal);
					await call.hangUp();
				}
				return record.value;
			} finally {
				stop();
				await call.hangUp();
				if (phone.lastEnded.value === call) phone.dismissEnded();
			}
		}
	};
}

function identityIn(
	lines: readonly { readonly id: string; readonly raw: unknown }[],
	id: string
): string | undefined {
	const raw = lines.find((line) => line.id === id)?.raw;
	const identity =
		typeof raw === 'object' && raw !== null ? (raw as { identity?: unknown }).identity : undefined;
	return typeof identity === 'string' ? identity : undefined;
}
