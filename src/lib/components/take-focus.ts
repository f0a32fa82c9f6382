/** Takes the focus when the element that had it has gone, so that a keyboard or screen reader does not start from the top. */
export function takeFocusIfLost(node: HTMLElement): void {
	queueMicrotask(() => {
		const at = document.activeElement;
		if (node.isConnected && (at === null || at === document.body)) node.focus({ preventScroll: true });
	});
}
