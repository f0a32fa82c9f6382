import { addressKey, type Address } from './address.ts';
import type { CallLog, OpenRow } from './call-log.ts';
import { deadline } from './deadline.ts';
import type { DialIntent } from './dial-intent.ts';
import { DialLimit } from './dial-limit.ts';
import type { Verdict } from './dialling.ts';
import { asLineError, LineError } from './errors.ts';
import type { Call, DialOptions, Line } from './line.ts';
import type { Clock, Log } from './ports.ts';

/** Longer than any intent lives: its signal decides. */
const DIAL_MS = 15_000;
const DIGITS_MS = 60_000;

export interface PhoneDialOptions extends DialOptions {
	/** The user has seen and accepted what Phone.judge asks to confirm. */
	readonly confirmed?: boolean;
	/** Sent once the parties can talk, as Call.sendDigits takes them: an extension, a PIN. */
	readonly digits?: string;
	/** The callee's name as it is known here, for the history. */
	readonly name?: string;
}

interface OutgoingDeps {
	readonly clock: Clock;
	readonly log: Log;
	readonly rows: CallLog;
	judge(to: Address, digits?: string): Verdict;
}

/** Places calls: rules first, then the row in the history, then the invite. */
export class Outgoing {
	readonly #deps: OutgoingDeps;
	readonly #limit = new DialLimit();

	constructor(deps: OutgoingDeps) {
		this.#deps = deps;
	}

	/** Throws what forbids the call; passing counts as an attempt. */
	admit(line: Line | undefined, to: Address, { confirmed, digits }: PhoneDialOptions): asserts line is Line {
		const found = this.#deps.judge(to, digits);
		if (found.verdict === 'refuse') {
			throw new LineError(found.because === 'emergency' ? 'dialling.emergency' : 'dialling.not-allowed');
		}
		if (found.verdict === 'confirm' && !confirmed) {
			throw new LineError('dialling.not-allowed', { facts: { unconfirmed: found.because } });
		}
		if (!line) throw new LineError('line.closed');
		if (!line.can.dials.includes(to.kind)) {
			throw new LineError('address.unsupported', { facts: { kind: to.kind } });
		}
		if (!this.#limit.take(this.#deps.clock.monotonic())) throw new LineError('dialling.too-many-calls');
	}

	/** Resolves with the call. Rejects with a LineError, the row then finished: `cancelled` when the user has aborted. */
	async invite(line: Line, to: Address, options: PhoneDialOptions, intent: DialIntent): Promise<Call> {
		const entry = { lineId: line.id, direction: 'out' as const, address: addressKey(to) };
		const row = this.#deps.rows.begin(options.name === undefined ? entry : { ...entry, name: options.name });
		try {
			intent.check();
			const call = await this.#dial(line, to, { ...options, after: row.stored }, intent.signal);
			row.follow(call);
			if (options.digits) this.#sendWhenTalking(call, options.digits);
			return call;
		} catch (error) {
			const why = asLineError(error, 'app.unexpected');
			finishUnplaced(row, why, options.signal?.aborted ?? false);
			throw why;
		}
	}

	/** A call that comes although nobody waits for it any more is hung up: no ghost call. */
	#dial(
		line: Line,
		to: Address,
		{ callerId, params, after, invited }: PhoneDialOptions,
		intent: AbortSignal
	): Promise<Call> {
		const dialled = line.dial(to, {
			...(callerId === undefined ? {} : { callerId }),
			...(params ? { params } : {}),
			...(after ? { after } : {}),
			...(invited ? { invited } : {}),
			signal: intent
		});
		const late = (call: Call) => {
			if (!intent.aborted) return;
			this.#deps.log('warn', 'a call came too late', { line: line.id, call: call.id });
			call.hangUp().catch(() => {});
		};
		dialled.then(late, () => {});
		return deadline(dialled, DIAL_MS, () => new LineError('line.not-ready'), this.#deps.clock, intent);
	}

	#sendWhenTalking(call: Call, digits: string): void {
		const send = () => {
			if (call.state.value.phase === 'ended') stop();
			if (call.state.value.phase !== 'talking') return;
			stop();
			const late = () => new LineError('call.no-response');
			deadline(call.sendDigits(digits), DIGITS_MS, late, this.#deps.clock).catch((error: unknown) =>
				this.#deps.log('warn', 'digits not sent', { call: call.id, error })
			);
		};
		const stop = call.state.watch(send);
		send();
	}
}

function finishUnplaced(row: OpenRow, { fault, vendorCode }: LineError, aborted: boolean): void {
	row.finish(
		aborted
			? { outcome: 'cancelled', talkedMs: 0 }
			: { outcome: 'failed', talkedMs: 0, fault, ...(vendorCode === undefined ? {} : { vendorCode }) }
	);
}
