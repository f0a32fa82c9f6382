import { LineError } from './errors.ts';

/**
 * Commands one at a time, in the order they were given. A command that fails does not stop the next one; one that hangs
 * stops them all, so each needs a deadline of its own.
 */
export class CommandQueue {
	#last: Promise<unknown> = Promise.resolve();
	#closed = false;

	/** Rejects with `line.closed` after {@link close}, also for commands that were still waiting then. */
	run<T>(command: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(() => {
			if (this.#closed) throw new LineError('line.closed');
			return command();
		});
		this.#last = turn.catch(() => {});
		return turn;
	}

	/** Closed at once; resolves when the command that was running has settled. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#last;
	}
}

interface Wish<T> {
	readonly value: T;
	readonly done: Promise<void>;
	readonly resolve: () => void;
	readonly reject: (error: unknown) => void;
}

/**
 * A switch whose last wish wins: while one wish is being sent, only the newest of the others waits. Ten quick wishes send
 * two commands at most, and what was asked last is what it ends with.
 */
export class LastWish<T> {
	readonly #send: (value: T) => Promise<void>;
	#waiting: Wish<T> | undefined;
	#running: Promise<void> | undefined;
	#closed = false;

	constructor(send: (value: T) => Promise<void>) {
		this.#send = send;
	}

	/**
	 * Settles with the wish that was sent for it: its own, or the newer one that replaced it. Rejects with `line.closed`
	 * after {@link close}, also when it was still waiting then.
	 */
	set(value: T): Promise<void> {
		if (this.#closed) return Promise.reject(new LineError('line.closed'));
		const older = this.#waiting;
		const wish = newWish(value);
		this.#waiting = wish;
		if (older) wish.done.then(older.resolve, older.reject);
		this.#running ??= this.#work();
		return wish.done;
	}

	/** Closed at once; resolves when the command that was running has settled. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#waiting?.reject(new LineError('line.closed'));
		this.#waiting = undefined;
		await this.#running;
	}

	async #work(): Promise<void> {
		for (let wish = this.#take(); wish; wish = this.#take()) {
			try {
				await this.#send(wish.value);
				wish.resolve();
			} catch (error) {
				wish.reject(error);
			}
		}
		this.#running = undefined;
	}

	#take(): Wish<T> | undefined {
		const wish = this.#waiting;
		this.#waiting = undefined;
		return wish;
	}
}

function newWish<T>(value: T): Wish<T> {
	let resolve = () => {};
	let reject: (error: unknown) => void = () => {};
	const done = new Promise<void>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	return { value, done, resolve, reject };
}
