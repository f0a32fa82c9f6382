import { isTyping } from './keys.ts';

/** The key of the dial pad that a key of the keyboard stands for; undefined when the keyboard is busy with something else. */
export function padKey({ key, ctrlKey, metaKey, altKey, repeat, target }: KeyboardEvent): string | undefined {
	if (ctrlKey || metaKey || altKey || repeat || isTyping(target)) return undefined;
	return /^[\d*#]$/.test(key) ? key : undefined;
}
