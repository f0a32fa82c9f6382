import type { CallRecord } from '#lib/diagnostics/types.ts';
import { m } from '#lib/words/messages.js';
import { getLocale } from '#lib/words/runtime.js';
import { causeWords } from '../cause-words.ts';

/** How a call of a button went, or goes. */
export function callSentence(record: CallRecord): string {
	const { phase, purpose, fault, ringingAfterMs, mediaAfterMs, reason } = record;
	if (phase !== 'ended') return PHASES[phase]();
	if (purpose === 'self') {
		if (ringingAfterMs !== undefined) return m.call_self_rang({ seconds: seconds(ringingAfterMs) });
		return fault === undefined
			? m.call_self_silent()
			: causeWords(fault === 'twilio-app.not-found' ? 'twilio-token.app-not-found' : fault).title;
	}
	if (mediaAfterMs !== undefined) return m.call_test_fine();
	if (fault !== undefined)
		return causeWords(fault === 'twilio-app.not-found' ? 'twilio-token.app-not-found' : fault).title;
	return reason === 'busy' || reason === 'refused' || reason === 'no-answer'
		? m.call_test_not_answered()
		: m.call_test_ended();
}

const PHASES: Readonly<Record<Exclude<CallRecord['phase'], 'ended'>, () => string>> = {
	placing: m.call_test_placing,
	ringing: m.call_test_ringing,
	connecting: m.call_test_connecting,
	talking: m.call_test_talking,
	recovering: m.call_test_talking
};

/** What was timed and measured. */
export function callRows({
	purpose,
	ringingAfterMs,
	answeredAfterMs,
	mediaAfterMs,
	media,
	conversation,
	vendorCode
}: CallRecord): readonly (readonly [string, string])[] {
	const rows: (readonly [string, string])[] = [];
	const time = (name: string, ms: number | undefined) => {
		if (ms !== undefined) rows.push([name, m.seconds({ seconds: seconds(ms) })]);
	};
	time(purpose === 'self' ? m.measured_rang_here() : m.measured_ringing(), ringingAfterMs);
	time(m.measured_answered(), answeredAfterMs);
	time(m.measured_media(), mediaAfterMs);
	if (media?.mos !== undefined) rows.push([m.measured_quality(), number(media.mos, 1)]);
	if (media?.loss !== undefined)
		rows.push([m.measured_loss(), m.percent({ percent: number(media.loss * 100, 1) })]);
	if (media?.jitterMs !== undefined)
		rows.push([m.measured_jitter(), m.milliseconds({ ms: number(media.jitterMs, 0) })]);
	if (media?.roundTripMs !== undefined)
		rows.push([m.measured_round_trip(), m.milliseconds({ ms: number(media.roundTripMs, 0) })]);
	if (media) {
		rows.push([m.measured_heard(), level(media.heardLevelDbfs)]);
		rows.push([m.measured_sent(), level(media.sentLevelDbfs)]);
	}
	const agent = conversation?.others.find(({ kind }) => kind === 'agent');
	time(m.measured_agent_joined(), agent?.joinedAfterMs);
	time(m.measured_agent_spoke(), agent?.audioAfterMs);
	if (vendorCode !== undefined) rows.push([m.seen_code(), String(vendorCode)]);
	return rows;
}

const seconds = (ms: number): string => number(ms / 1000, 1);
const level = (dbfs: number | null): string =>
	dbfs === null ? m.level_none() : m.level_dbfs({ level: number(dbfs, 0) });
const number = (value: number, digits: number): string =>
	new Intl.NumberFormat(getLocale(), { maximumFractionDigits: digits }).format(value);
