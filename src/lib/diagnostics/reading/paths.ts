import type { CandidateShape, Context } from '../types.ts';
import { readAddress } from './addresses.ts';
import { lineOf, valueOf } from './surroundings.ts';

/** Whether a server that everybody can reach has given only addresses for sound that nobody outside can. */
export function isHidden(remote: readonly CandidateShape[], context: Context): boolean {
	const server = valueOf(lineOf(context)?.signalling)?.targets[0]?.socket.url;
	const isPublic = server !== undefined && readAddress(server)?.kind === 'public';
	const isLocal = ({ address }: CandidateShape) => address === 'private' || address === 'loopback';
	return isPublic && remote.length > 0 && remote.every(isLocal);
}

/** Kinds of candidates, each once. */
export const kindsOf = (shapes: readonly CandidateShape[]): readonly string[] => [
	...new Set(shapes.map(({ type, protocol }) => `${type}/${protocol}`))
];
