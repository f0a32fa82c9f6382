import * as given from '../testing.ts';
import type { Changes } from '../testing.ts';
import type {
	CauseCode,
	LineSnapshot,
	MicrophoneAttempt,
	Reason,
	SocketAttempt,
	Sure,
	Target
} from '../types.ts';

/** What one check says of what the page sees. */
export type CheckRow = readonly [check: string, what: string, changes: Changes, expected: Expected];
type Expected =
	| readonly [outcome: 'fail' | 'warn', cause: CauseCode, sure?: Sure]
	| readonly [outcome: 'unsure' | 'skipped', reason: Reason]
	| 'pass';

const { HEALTHY, NOW, DESK_TOKEN, PROBE } = given;
export const HTTP_PROBE = PROBE.replace(/^ws/, 'http');
export const probe = (...targets: Target[]): Changes => ({ voice: { signalling: { targets } } });
export const closed = (code: number, reason = '', more: Partial<Target> = {}) =>
	probe(given.target(given.ended(PROBE, code, reason), more));
export const state = (more: Partial<LineSnapshot>): Changes => ({
	desk: { state: { ...HEALTHY.desk.state, phase: 'failed', wasReady: false, ...more } }
});
export const opened = HEALTHY.page.microphone.attempts[0];
export const heard = (figures: Partial<NonNullable<MicrophoneAttempt['figures']>>): Changes => ({
	page: {
		microphone: {
			...HEALTHY.page.microphone,
			attempts: opened?.figures ? [{ ...opened, figures: { ...opened.figures, ...figures } }] : []
		}
	}
});
export const refused = (
	name: string,
	message: string,
	permission: 'granted' | 'unknown' | 'prompt'
): Changes => ({
	page: {
		microphone: {
			...HEALTHY.page.microphone,
			permission,
			attempts: [{ device: 'default', outcome: 'rejected', ms: 5, threw: { name, message } }]
		}
	}
});
export const configured = (more: object): Changes => ({
	page: { configuration: { ...HEALTHY.page.configuration, ...more } }
});
export const asked = (attempt: Parameters<typeof given.answered>[1], more: object = {}): Changes => ({
	desk: { token: given.tokenRefused(DESK_TOKEN, given.answered(DESK_TOKEN, attempt), more) }
});
export const last = (media: Parameters<typeof given.media>[0], more: object = {}): Changes => ({
	desk: { calls: { recent: [given.call({ media: given.media(media), ...more })] } }
});
export const control = (more: object): Changes => ({
	page: { control: { ...HEALTHY.page.control, ...more } }
});
export const serverTime = (offset: number): Changes =>
	control({
		own: given.answered('https://phone.example.com/v', { date: new Date(NOW + offset).toUTCString() })
	});
export const joined = (join: object): Changes => ({
	agent: { room: { validate: [], join: { outcome: 'failed', ms: 100, ...join } } }
});
export const edges = (...targets: Target[]): Changes => ({ desk: { signalling: { targets } } });
export const relay = (policy: 'all' | 'relay', together: Record<string, number>): Changes => ({
	agent: {
		lineIce: {
			policy,
			together,
			servers: [
				{
					url: 'turn:t.example.org',
					candidates: {},
					watchedMs: 4000,
					errors: [{ code: 486, text: '', url: '' }]
				}
			]
		}
	}
});
export const second = (socket: SocketAttempt): Partial<Target> => ({
	followUps: [{ change: 'again', socket }]
});
