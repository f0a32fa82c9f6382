import type { RingText } from '#lib/browser/ring-notification.ts';
import { partyName, plainAddress } from '#lib/components/party-words.ts';
import type { Party } from '#lib/core/line.ts';
import { cleanText } from '#lib/core/pasted-text.ts';
import { redact } from '#lib/core/redact.ts';
import { m } from '#lib/words/messages.js';

/** A lock screen shows no more of it anyway. */
const LONGEST = 60;

/**
 * What the system shows while it rings, also on a locked screen: who and on which line, and nothing of what the caller's
 * application has sent along. A name that looks as if it held a secret is not shown.
 */
export function ringText(party: Party, line: string): RingText {
	const name = cleanText(partyName(party)).slice(0, LONGEST);
	const isNumber = /^\+?[\d\s().-]+$/.test(name);
	const isFit = name !== '' && (isNumber || redact(name) === name);
	const who = isFit ? name : cleanText(plainAddress(party.address)).slice(0, LONGEST);
	const isShown = isFit || /^\+?\d+$/.test(who);
	return {
		title: isShown ? m.incoming_from({ who }) : m.incoming(),
		body: m.incoming_line({ line }),
		answer: m.answer(),
		decline: m.decline()
	};
}
