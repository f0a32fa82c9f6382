import { describe, expect, test } from 'vitest';
import { LineError, type Fault } from '#lib/core/errors.ts';
import { CODES } from './codes.ts';
import { codeOf, endingOf, gatewayError, remedyFor } from './translate.ts';

const hidden = (code: number) => ({
	code: 31005,
	message: 'Error sent from gateway in HANGUP',
	originalError: { code }
});

describe('endings', () => {
	test.for([
		['busy', 31486, 'busy', 'call.busy'],
		['busy everywhere', 31600, 'busy', 'call.busy'],
		['declined', 31603, 'refused', 'call.declined'],
		['not found', 31404, 'not-found', 'call.not-found'],
		['incomplete', 31484, 'not-found', 'call.bad-number'],
		['bad number by TwiML', 13224, 'not-found', 'call.bad-number'],
		['timeout', 31408, 'no-answer', 'call.no-answer'],
		['callee offline', 31480, 'failed', 'call.unavailable'],
		['bad caller id', 13214, 'failed', 'call.bad-caller-id'],
		['no such application', 21218, 'failed', 'twilio-app.not-found'],
		['expired token', 31205, 'failed', 'twilio-token.expired'],
		['microphone denied', 31401, 'failed', 'microphone.blocked'],
		['a code from the future', 39999, 'failed', 'call.refused']
	] as const)('an unanswered call: %s', ([, code, reason, fault]) => {
		for (const error of [{ code }, hidden(code)]) {
			const ending = endingOf({ direction: 'out', answered: false, error });
			expect(ending).toMatchObject({ reason, error: { fault, vendorCode: code } });
		}
	});

	test.for([
		[31005, 'call.lost'],
		[31209, 'call.lost'],
		[53405, 'media.lost'],
		[39999, 'call.lost'],
		// A busy that comes after the answer is no busy.
		[31486, 'call.busy']
	] as const)('an answered call that breaks off with %i has failed', ([code, fault]) => {
		const ending = endingOf({ direction: 'out', answered: true, error: { code } });
		expect(ending).toMatchObject({ reason: 'failed', error: { fault, vendorCode: code } });
	});

	test('without an error the phase tells', () => {
		const reason = (direction: 'out' | 'in', answered: boolean) => endingOf({ direction, answered }).reason;
		expect(reason('out', false)).toBe('no-answer');
		expect(reason('out', true)).toBe('remote-hung-up');
		expect(reason('in', false)).toBe('missed');
		expect(reason('in', true)).toBe('remote-hung-up');
		expect(endingOf({ direction: 'in', answered: false, cancelled: true })).toEqual({ reason: 'missed' });
	});

	test('nothing of the vendor’s error is kept but its code', () => {
		const error = {
			code: 31005,
			message: 'token eyJ.secret',
			originalError: { code: 31201, message: 'eyJ.secret' }
		};
		const ending = endingOf({ direction: 'out', answered: false, error });
		expect(ending.error?.cause).toBeUndefined();
		expect(JSON.stringify(ending.error)).not.toContain('eyJ');
		expect(ending.error?.vendorCode).toBe(31201);
	});

	test('a raw code wins over the one that the SDK shows', () => {
		expect(codeOf(hidden(31603))).toBe(31603);
		expect(codeOf({ code: 31486 })).toBe(31486);
		expect(codeOf({ code: '31486' })).toBeUndefined();
		expect(codeOf({ code: 31005, originalError: new Error('no code') })).toBe(31005);
	});
});

describe('remedies', () => {
	test.for([
		[20101, 'renew'],
		[20104, 'renew'],
		[31202, 'renew'],
		[51007, 'renew'],
		[31206, 'retry'],
		[31429, 'retry'],
		[31500, 'retry'],
		[31301, 'retry'],
		[53000, 'retry'],
		[99999, 'retry'],
		[20103, 'stop'],
		[20403, 'stop'],
		[31207, 'stop'],
		[31105, 'stop']
	] as const)('the gateway says %i: %s', ([code, remedy]) => {
		expect(remedyFor(gatewayError(code))).toBe(remedy);
	});

	test.for([
		['token-endpoint.unreachable', 'retry'],
		['token-endpoint.server-error', 'retry'],
		['token-endpoint.rate-limited', 'retry'],
		['network.offline', 'retry'],
		['twilio-signalling.unreachable', 'retry'],
		['twilio-signalling.interrupted', 'retry'],
		['registration.not-confirmed', 'retry'],
		['twilio-token.expired', 'renew'],
		['twilio-token.not-yet-valid', 'renew'],
		['twilio-token.no-voice-grant', 'stop'],
		['token-endpoint.unauthorized', 'stop'],
		['token-endpoint.bearer-missing', 'stop'],
		['token-endpoint.keys-missing', 'stop'],
		['app.unexpected', 'stop']
	] as const satisfies readonly (readonly [Fault, string])[])('without a code, %s: %s', ([fault, remedy]) => {
		expect(remedyFor(new LineError(fault))).toBe(remedy);
	});

	test('a status of the token endpoint is not taken for a code of Twilio', () => {
		expect(remedyFor(new LineError('token-endpoint.server-error', { vendorCode: 500 }))).toBe('retry');
	});

	test('codes that end a call as more than a failure are never a reason to register anew', () => {
		for (const [code, { ends, remedy }] of Object.entries(CODES)) if (ends) expect(remedy, code).toBe('stop');
	});
});
