import type { Problem } from '#lib/config/problem.ts';
import { m } from '#lib/words/messages.js';

/** What is wrong at a place of config.json, and what may stand there. */
export function problemWords({ code, facts }: Problem): string {
	const found = facts.found ?? '?';
	const allowed = facts.allowed ?? '?';
	switch (code) {
		case 'unknown-key':
			return m.problem_unknown_key({ allowed });
		case 'wrong-type':
			return m.problem_wrong_type({ found, allowed });
		case 'wrong-value':
			return m.problem_wrong_value({ allowed });
		case 'missing':
			return m.problem_missing({ allowed });
		case 'duplicate-id':
			return m.problem_duplicate_id({ found });
		case 'server-secret':
			return m.problem_server_secret();
		case 'unknown-kind':
			return m.problem_unknown_kind({ found, allowed });
		case 'site-only':
			return m.problem_site_only();
	}
}
