/** What the service worker tells a page after somebody has used the notification of a ringing call. */
export interface RingWord {
	readonly type: 'ring';
	/** Id of the call in its page. */
	readonly call: string;
	readonly act: 'open' | 'answer' | 'decline';
}

/** Foreign input: anything of this origin can post to the page. */
export function isRingWord(raw: unknown): raw is RingWord {
	if (typeof raw !== 'object' || raw === null) return false;
	const { type, call, act } = raw as Readonly<Record<string, unknown>>;
	return (
		type === 'ring' && typeof call === 'string' && (act === 'open' || act === 'answer' || act === 'decline')
	);
}
