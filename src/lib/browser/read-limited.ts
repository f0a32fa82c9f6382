/**
 * The body as text, UTF-8 with or without a byte order mark; 'too-large' as soon as it is longer than `limit` bytes (after
 * unpacking), of which nothing more is read then. Rejects as the stream does.
 */
export async function readLimited(
	response: Response,
	limit: number
): Promise<{ text: string } | 'too-large'> {
	const reader = response.body?.getReader();
	if (!reader) return { text: '' };
	const decoder = new TextDecoder();
	let text = '';
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return { text: text + decoder.decode() };
		size += value.byteLength;
		if (size > limit) {
			reader.cancel().catch(() => {});
			return 'too-large';
		}
		text += decoder.decode(value, { stream: true });
	}
}
