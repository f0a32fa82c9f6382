import { expect, test } from 'vitest';
import { LineError } from '#lib/core/errors.ts';
import { microphoneError } from './microphones.ts';

test.for([
	['NotAllowedError', 'microphone.blocked'],
	['SecurityError', 'microphone.blocked'],
	['NotFoundError', 'microphone.missing'],
	['NotReadableError', 'microphone.in-use'],
	['OverconstrainedError', 'microphone.saved-device-gone'],
	['AbortError', 'microphone.unavailable'],
	['InvalidStateError', 'microphone.unavailable'],
	['SomethingNewError', 'microphone.unavailable']
] as const)('%s is %s', ([name, fault]) => {
	const cause = new DOMException('said the browser', name);
	expect(microphoneError(cause)).toMatchObject({ fault, vendorCode: name, cause });
});

test.for([
	['undefined', undefined],
	['text', 'no'],
	['null', null]
] as const)('%s is still a LineError', ([, thrown]) => {
	expect(microphoneError(thrown)).toMatchObject({ name: 'LineError', fault: 'microphone.unavailable' });
});

test('a LineError stays what it is', () => {
	const error = new LineError('browser.insecure-page');
	expect(microphoneError(error)).toBe(error);
});
