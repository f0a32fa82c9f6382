/**
 * True in the handler of a press that a script has made. Scripts of other pages of our origin can reach the buttons; what they
 * press calls nobody.
 */
export function isForged(): boolean {
	return globalThis.event?.isTrusted === false;
}
