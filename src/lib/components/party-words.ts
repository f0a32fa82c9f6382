import type { Party } from '#lib/core/line.ts';

/** Gives a phone number the look it has in its country; anything else unchanged. */
export type PrettyNumber = (address: string) => string;

/** An address as people say it: without the word that tells programs what kind it is. */
export const plainAddress = (address: string): string => address.replace(/^(?:client|sip|tel|room):/, '');

/** Who it is, for names that assistive technology reads: the name, else the number without separators. */
export const partyName = ({ name, address }: Pick<Party, 'name' | 'address'>): string =>
	name?.trim() || plainAddress(address);

/** Who it is, for the eyes: the name, else the number as it is written at home. */
export const shownName = ({ name, address }: Pick<Party, 'name' | 'address'>, pretty: PrettyNumber): string =>
	name?.trim() || pretty(address);
