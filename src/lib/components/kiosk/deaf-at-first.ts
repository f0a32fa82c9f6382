const DEAF_MS = 400;

/** What has just appeared does not take the tap that was meant for what stood there before: no call by accident. */
export function deafAtFirst(node: HTMLElement): () => void {
	const refuse = (event: Event) => {
		event.preventDefault();
		event.stopPropagation();
	};
	const hear = () => {
		node.removeAttribute('aria-disabled');
		node.removeEventListener('click', refuse, { capture: true });
	};
	node.setAttribute('aria-disabled', 'true');
	node.addEventListener('click', refuse, { capture: true });
	const timer = setTimeout(hear, DEAF_MS);
	return () => {
		clearTimeout(timer);
		hear();
	};
}
