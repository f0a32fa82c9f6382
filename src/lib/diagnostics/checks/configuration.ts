import { fail, pass, unsure, warn } from '../reading/verdicts.ts';
import type { CauseCode, Check } from '../types.ts';

const CAUSES: Readonly<Record<string, CauseCode>> = {
	'config.unreachable': 'config.unreachable',
	'config.not-json': 'config.not-json',
	'config.invalid': 'config.invalid'
};

/** config.json as a whole: whether it is there, can be read, and says what it may. */
export const configuration: Check<'page', 'configuration'> = {
	id: 'configuration',
	scopes: ['page'],
	needs: ['configuration'],
	explainedBy: ['offline'],
	judge({ configuration: { source, error, problems, ofNobody = [] } }) {
		if (source === 'pending' && !error) return unsure('still-waiting');
		if (error) {
			const cause = CAUSES[error.fault] ?? 'config.invalid';
			const facts = { ...error.facts, source };
			// With the last good copy, or what was set up on this device, the phone works as it did.
			return source === 'last-good' || source === 'own'
				? warn(cause, 'certain', facts)
				: fail(cause, 'certain', facts);
		}
		// What is wrong within a line or a probe is judged there; unknown keys change nothing.
		const wrong = [
			...problems.filter(({ severity, path }) => severity === 'error' && !/^(?:lines|probes)\[/.test(path)),
			...ofNobody
		];
		const [first] = wrong;
		return first
			? warn('config.invalid', 'certain', {
					path: first.path || 'config.json',
					problem: first.code,
					more: wrong.length - 1
				})
			: pass;
	}
};
