import { allowedUrl } from '#lib/config/url-rule.ts';

/** `host:port` (spoken to over wss), or `ws://host:port` for loopback hosts. */
export function isGateway(text: string): boolean {
	const plain = text.startsWith('ws://');
	if (!/^(ws:\/\/)?(\[[0-9a-f:.]+\]|[a-z0-9.-]+):[0-9]{1,5}$/i.test(text)) return false;
	return allowedUrl(plain ? text : `wss://${text}`, 'ws') !== undefined;
}
