import { describe, expect, test } from 'vitest';
import { checkServerUrl } from './url-check.ts';

describe('a server address that is good', () => {
	test.each([
		['wss://x.livekit.cloud', 'wss://x.livekit.cloud', 'https://x.livekit.cloud'],
		['  wss://x.livekit.cloud/  ', 'wss://x.livekit.cloud', 'https://x.livekit.cloud'],
		['HTTPS://X.example', 'wss://x.example', 'https://x.example'],
		['https://x.example:8443/livekit//', 'wss://x.example:8443/livekit', 'https://x.example:8443/livekit'],
		['wss://x.example/rtcs', 'wss://x.example/rtcs', 'https://x.example/rtcs'],
		['ws://localhost:7880', 'ws://localhost:7880', 'http://localhost:7880'],
		['http://127.0.0.1:7880', 'ws://127.0.0.1:7880', 'http://127.0.0.1:7880'],
		['ws://[::1]:7880', 'ws://[::1]:7880', 'http://[::1]:7880']
	])('%j', (text, ws, http) => {
		expect(checkServerUrl(text, 'https:')).toMatchObject({ ok: true, value: { ws, http } });
	});

	test('also without encryption where the page has none', () => {
		expect(checkServerUrl('ws://livekit.lan:7880', 'http:').ok).toBe(true);
	});
});

describe('a server address that the SDK must never see', () => {
	test.each([
		[undefined, 'livekit-url.missing'],
		['', 'livekit-url.missing'],
		['   ', 'livekit-url.missing'],
		['undefined', 'livekit-url.missing'],
		['null', 'livekit-url.missing'],
		['x.livekit.cloud', 'server-url.scheme-missing'],
		['localhost:7880', 'server-url.scheme-missing'],
		['//x.livekit.cloud', 'server-url.scheme-missing'],
		['ftp://x.livekit.cloud', 'server-url.scheme-missing'],
		['javascript:1', 'server-url.scheme-missing'],
		['wss://', 'server-url.scheme-missing'],
		['wss:///rtc', 'server-url.scheme-missing'],
		['wss:\\\\x.example', 'server-url.scheme-missing'],
		['wss://x example', 'server-url.scheme-missing'],
		['wss://user:secret@x.example', 'server-url.scheme-missing'],
		['wss://x.example:99999', 'server-url.scheme-missing'],
		['wss://x.example/#room', 'server-url.wrong-path'],
		['wss://x.example/rtc', 'server-url.wrong-path'],
		['wss://x.example/rtc/', 'server-url.wrong-path'],
		['wss://x.example/a/rtc/v1', 'server-url.wrong-path'],
		['https://x.example/rtc/validate', 'server-url.wrong-path'],
		['ws://x.example', 'server-url.insecure-scheme'],
		['http://127.0.0.1.example', 'server-url.insecure-scheme']
	])('%j', (text, fault) => {
		expect(checkServerUrl(text, 'https:')).toMatchObject({ ok: false, error: { fault } });
	});

	test('is told without what may be a secret in it', () => {
		const checked = checkServerUrl('http://user:hunter2@x.example/?access_token=hunter2', 'https:');
		expect(JSON.stringify(checked)).not.toContain('hunter2');
	});
});
