import type { ConfirmBecause } from '#lib/core/dialling.ts';
import { m } from '#lib/words/messages.js';

const WORDS: Readonly<Record<ConfirmBecause, () => string>> = {
	premium: () => m.confirm_premium(),
	satellite: () => m.confirm_satellite(),
	'international-network': () => m.confirm_international_network(),
	'service-code': () => m.confirm_service_code(),
	'two-stage': () => m.confirm_two_stage(),
	listed: () => m.confirm_listed()
};

/** Why the phone asks before it dials. */
export const confirmWords = (because: ConfirmBecause): string => WORDS[because]();
