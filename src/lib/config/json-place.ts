/** Where JSON stops being JSON; both count from 1. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

const BLANK = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON forbids control characters inside a text
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * The first place at which `text` cannot be JSON; undefined when it is JSON. Browsers either do not say where, or only
 * together with a quotation of the file.
 */
export function jsonErrorPlace(text: string): Place | undefined {
	let at = 0;
	const open: ('{' | '[')[] = [];
	const take = (pattern: RegExp): boolean => {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		if (match) at += match[0].length;
		return match !== null;
	};
	const takeMark = (mark: string): boolean => {
		take(BLANK);
		if (text[at] !== mark) return false;
		at += 1;
		return true;
	};
	const takeKey = (): boolean => {
		take(BLANK);
		return take(TEXT) && takeMark(':');
	};

	for (;;) {
		// A value begins here.
		if (takeMark('{')) {
			if (!takeMark('}')) {
				open.push('{');
				if (!takeKey()) return placeOf(text, at);
				continue;
			}
		} else if (takeMark('[')) {
			if (!takeMark(']')) {
				open.push('[');
				continue;
			}
		} else if (!take(TEXT) && !take(SCALAR)) return placeOf(text, at);
		// It has ended: close what it closes, then go on to the next.
		for (;;) {
			const inside = open.at(-1);
			if (inside === undefined) {
				take(BLANK);
				return at === text.length ? undefined : placeOf(text, at);
			}
			if (takeMark(inside === '{' ? '}' : ']')) {
				open.pop();
				continue;
			}
			if (!takeMark(',') || (inside === '{' && !takeKey())) return placeOf(text, at);
			break;
		}
	}
}

function placeOf(text: string, at: number): Place {
	const before = text.slice(0, at).split('\n');
	return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
