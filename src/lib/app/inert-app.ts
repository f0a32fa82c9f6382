import { PENDING_CONFIG } from '#lib/config/config.ts';
import { DEFAULT_SETTINGS } from '#lib/config/settings.ts';
import { LineError } from '#lib/core/errors.ts';
import { constant } from '#lib/core/watched.ts';
import type { App } from '#lib/state/app.ts';

/** What the screens show before the app has started: prerendered pages and the first paint. Nothing happens in it. */
export function inertApp(): App {
	const notYet = () => Promise.reject(new LineError('line.not-ready'));
	const nothing = () => {};
	const done = () => Promise.resolve();
	return {
		phone: {
			lines: constant([]),
			calls: constant([]),
			focus: constant(undefined),
			lastEnded: constant(undefined),
			dismissEnded: nothing,
			add: () => nothing,
			judge: () => ({ verdict: 'dial' }),
			dial: notYet,
			answer: notYet,
			resume: notYet,
			hold: notYet,
			hangUp: notYet,
			close: done
		},
		config: constant(PENDING_CONFIG),
		settings: constant(DEFAULT_SETTINGS),
		change: nothing,
		owner: { ownership: constant('nobody'), busyElsewhere: constant(false), takeOver: nothing },
		hardware: {
			microphones: constant([]),
			speakers: constant([]),
			permission: constant('unknown'),
			canChooseSpeaker: false,
			askForMicrophone: notYet,
			listen: notYet,
			playTest: notYet
		},
		sounds: { key: nothing, progress: nothing, ring: nothing, blocked: constant(false) },
		history: { rows: constant([]), kept: constant(true), remove: done, clear: done },
		bearersWanted: constant([]),
		giveBearer: nothing,
		slowTokens: constant([]),
		updates: { phase: constant('none'), apply: () => Promise.resolve('nothing-new') },
		install: { way: constant('menu'), ask: done },
		checkup: notYet,
		reach: notYet,
		setup: notYet,
		kiosk: notYet,
		erase: notYet
	};
}
