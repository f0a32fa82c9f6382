import { MARKUP } from './hostile-markup.ts';
import { TEXT } from './hostile-text.ts';

/** Names, parameters and error texts as someone would send them who wishes no good, by kind. */
export const HOSTILE_KINDS = { ...MARKUP, ...TEXT };

/** All of them. */
export const HOSTILE: readonly string[] = Object.values(HOSTILE_KINDS).flat();

/** Two of each kind, for what takes its time with each. */
export const SOME_HOSTILE: readonly string[] = Object.values(HOSTILE_KINDS).flatMap((kind) =>
	kind.slice(0, 2)
);

/** As much of each as a field of one line takes, none of them blank. */
export const HOSTILE_LABELS: readonly string[] = HOSTILE.map((words) =>
	words.replace(/[\r\n\u2028\u2029]/g, ' ')
)
	.map((words) => (words.trim() === '' ? `${words.slice(0, 50)}.` : words.slice(0, 60)))
	.map((words) => (words.trim() === '' ? `.${words.slice(0, 50)}` : words));

/** Letters and digits of it, few of them: signs, marks and blanks are shown in their own ways, and long texts are cut. */
export const plainly = (words: string): string =>
	[...words.slice(0, 60).matchAll(/[\p{L}\p{N}]/gu)]
		.join('')
		.replaceAll(/[\u{3164}\u{115f}\u{1160}]/gu, '')
		.slice(0, 12);
