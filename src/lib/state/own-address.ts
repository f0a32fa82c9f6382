import type { Address } from '#lib/core/address.ts';

/** As addressKey writes it; a line's own party is neither a number nor a code. */
export const ownKey = ({ kind, value }: Address): string => `${kind}:${value}`;

/**
 * Whether `address` (as the history writes it) is the line's own party: its very address, or a room that was made after its
 * pattern ('call-{random}'). Such a room is not called again: the next call gets a fresh one.
 */
export function isOwn(address: string, own: Address): boolean {
	const pattern = ownKey(own)
		.split(/\{\w+\}/)
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.+');
	return new RegExp(`^${pattern}$`, 'u').test(address);
}
