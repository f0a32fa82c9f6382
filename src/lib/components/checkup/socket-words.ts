import type { SocketAttempt, Target } from '#lib/diagnostics/types.ts';
import { m } from '#lib/words/messages.js';

/** What a WebSocket did, line by line. */
export function attemptRows({
	socket,
	cors,
	noCors,
	said,
	confirmedAfterMs
}: Target): readonly (readonly [string, string])[] {
	const { url, threw, close, firstFrames, openedAfterMs, watchedMs } = socket;
	const alive = cors?.outcome === 'answered' || noCors?.outcome === 'opaque';
	const asked = cors ?? noCors;
	return [
		[m.socket_address(), url],
		[m.socket_opened(), openedWords(socket)],
		...(close
			? [
					[
						m.socket_closed(),
						`${close.code} ${close.reason}`.trim() +
							` (${close.clean ? m.socket_clean() : m.socket_not_clean()})`
					] as const
				]
			: []),
		...(openedAfterMs !== undefined
			? [
					[
						m.socket_lived(),
						m.milliseconds({ ms: Math.round((close?.afterMs ?? watchedMs) - openedAfterMs) })
					] as const
				]
			: []),
		...(confirmedAfterMs === undefined
			? []
			: [[m.socket_confirmed(), m.milliseconds({ ms: Math.round(confirmedAfterMs) })] as const]),
		...(firstFrames[0] === undefined ? [] : [[m.socket_said(), firstFrames[0]] as const]),
		...said.map(
			({ code, text }, at) => [`${m.socket_said()} ${at + 1}`, `${code ?? ''} ${text ?? ''}`.trim()] as const
		),
		...(asked
			? [
					[
						m.socket_http(),
						alive ? m.socket_http_answers({ status: cors?.status || '?' }) : m.socket_http_silent()
					] as const
				]
			: []),
		...(threw ? [[m.socket_threw(), `${threw.name}: ${threw.message}`] as const] : [])
	];
}

const openedWords = ({ openedAfterMs, watchedMs, readyState }: SocketAttempt): string => {
	if (openedAfterMs !== undefined) return m.milliseconds({ ms: Math.round(openedAfterMs) });
	return readyState === 0 ? m.socket_still_waiting({ ms: Math.round(watchedMs) }) : m.socket_never();
};

/** The handshake by hand, past the browser: its answer shows the status that no page may read. */
export function curlLine(url: string): string {
	const twin = url.replace(/^ws/, 'http').replaceAll("'", '%27');
	return [
		'curl -i -N --http1.1 --max-time 10',
		"-H 'Connection: Upgrade' -H 'Upgrade: websocket'",
		"-H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='",
		`'${twin}'`
	].join(' ');
}
