/** Stands in for Cloudflare's rate limit binding: so many a minute. The real one counts in each location on its own. */
export class MinuteLimit {
	readonly #most: number;
	#minute = 0;
	readonly #counts = new Map<string, number>();

	constructor(most: number) {
		this.#most = most;
	}

	limit({ key }: { readonly key: string }): Promise<{ success: boolean }> {
		const minute = Math.floor(Date.now() / 60_000);
		if (minute !== this.#minute) this.#counts.clear();
		this.#minute = minute;
		const count = (this.#counts.get(key) ?? 0) + 1;
		this.#counts.set(key, count);
		return Promise.resolve({ success: count <= this.#most });
	}
}
