/** A tick of the motor, where there is one. */
export function buzz(ms = 8): void {
	// Before the first gesture the browser refuses, and says so on the console.
	if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(ms);
}

/** True when keys belong to what has the focus: a text field, a list, a dialog. */
export const isTyping = (target: EventTarget | null): boolean =>
	target instanceof Element &&
	target.closest('input, select, textarea, dialog, [contenteditable], [role="alertdialog"]') !== null;
