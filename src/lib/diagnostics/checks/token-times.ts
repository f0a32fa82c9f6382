import { timesOf } from '../reading/claims.ts';
import { offsetBy, trueOffset } from '../reading/clock.ts';
import { carrierOf } from '../reading/surroundings.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import { THRESHOLDS } from '../thresholds.ts';
import type { CauseCode, Check, Claims, TokenEvidence, Verdict } from '../types.ts';

/** The token's own times against the true time: by the Date of servers, else by this device's clock. */
export const tokenTimes: Check<'line' | 'probe', 'token'> = {
	id: 'token-times',
	scopes: ['line', 'probe'],
	needs: ['token'],
	explainedBy: ['token-endpoint', 'token-answer', 'token-form'],
	judge({ token }, context) {
		const { claims, receivedAt } = token;
		if (!claims?.payload || receivedAt === undefined) return skipped('no-token');
		const carrier = carrierOf(context);
		const { exp, nbf, iat } = timesOf(claims);
		const offset = trueOffset(context.all);
		const now = (receivedAt + (offset ?? 0)) / 1000;
		const expired: CauseCode =
			carrier === 'websocket' ? 'websocket.token-expired' : `${carrier}-token.expired`;
		if (exp !== undefined && exp <= now) return past(token, claims, expired, now, offset !== undefined);
		const begins = Math.max(nbf ?? -Infinity, carrier === 'twilio' ? (iat ?? -Infinity) : -Infinity);
		if (begins > now + THRESHOLDS.tokenGraceSeconds && carrier !== 'websocket') {
			const facts = { seconds: Math.round(begins - now) };
			return fail(`${carrier}-token.not-yet-valid`, offset === undefined ? 'likely' : 'certain', facts, [
				'clock.device-wrong',
				'other-device'
			]);
		}
		if (
			carrier === 'twilio' &&
			exp !== undefined &&
			iat !== undefined &&
			exp - iat > THRESHOLDS.twilioLifetimeSeconds
		)
			return fail('twilio-token.lifetime-too-long', 'certain', { hours: Math.round((exp - iat) / 360) / 10 });
		return pass;
	}
};

/**
 * It has run out on arrival. A copy that was stored brings the same `iat` again; a server whose clock is behind brings a
 * new one each time, and each lies in the past by as much.
 */
function past(
	token: TokenEvidence,
	claims: Claims,
	expired: CauseCode,
	now: number,
	isTimeSure: boolean
): Verdict {
	const { exp = now, iat } = timesOf(claims);
	const againAt = token.againClaims && timesOf(token.againClaims).iat;
	const facts = { seconds: Math.round(now - exp), storedCopy: iat !== undefined && againAt === iat };
	if (!isTimeSure) return fail(expired, 'likely', facts, ['clock.device-wrong', 'other-device']);
	const isMadeAnew = iat !== undefined && againAt !== undefined && againAt > iat;
	const behind = now - (iat ?? now);
	// Its own Date, where it may be read, has the last word on the server's clock.
	const ownOffset = offsetBy(token.asked);
	const trueOffset = now * 1000 - (token.receivedAt ?? 0);
	const isClockRight =
		ownOffset !== undefined && Math.abs(ownOffset - trueOffset) <= THRESHOLDS.clockAgreementMs;
	if (isMadeAnew && exp > iat && behind * 1000 > THRESHOLDS.clockAgreementMs && !isClockRight)
		return fail('clock.token-server-behind', 'likely', { minutes: Math.round(behind / 60) }, [
			expired,
			'server-log'
		]);
	return fail(expired, 'certain', facts);
}
