/** Seen by nobody: with the drawing after it, a tap is answered within 100 ms. */
const LONGEST_MS = 80;

/** Keeps what the screen shows as it is for a moment: drawing would delay what the user is waiting for. */
export class ScreenPause {
	#over: Promise<void> | undefined;
	#end = () => {};

	/** Settles with the present pause; undefined while there is none. Never rejects. */
	get over(): Promise<void> | undefined {
		return this.#over;
	}

	/** Lasts until the returned function is called, the next one begins, or 80 ms have passed. */
	begin(): () => void {
		this.#end();
		let end = () => {};
		const over = new Promise<void>((resolve) => (end = resolve)).then(() => {
			clearTimeout(timer);
			if (this.#over === over) this.#over = undefined;
		});
		const timer = setTimeout(end, LONGEST_MS);
		this.#over = over;
		this.#end = end;
		return end;
	}
}
