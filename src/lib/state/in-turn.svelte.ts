/**
 * How many of `count` parts of a screen may be there: one more in each task, since all at once hold a slow phone up for a
 * quarter of a second. To be called while a component is made.
 */
export function inTurn(count: number): { readonly due: number } {
	let due = $state(0);
	$effect(() => {
		if (due === count) return;
		const next = setTimeout(() => due++);
		return () => clearTimeout(next);
	});
	return {
		get due() {
			return due;
		}
	};
}
