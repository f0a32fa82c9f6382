/** Brings it when it is first asked for; the same one each time, and anew after a failure. */
export function once<T>(bring: () => Promise<T>): () => Promise<T> {
	let brought: Promise<T> | undefined;
	return () => {
		brought ??= bring().catch((error: unknown) => {
			brought = undefined;
			throw error;
		});
		return brought;
	};
}
