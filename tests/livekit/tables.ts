import { freshTables, type Tables } from '../support/markdown-tables.ts';
import { ROOM_PLAN } from './room-plan.ts';
import { ENDPOINTS } from './token-endpoints.ts';
import { TOKENS } from './tokens.ts';

const TABLES: Tables = {
	rooms: () => [['Room', 'Who is there'], ...ROOM_PLAN.map(({ name, what }) => [`\`${name}-…\``, what])],
	tokens: () => [
		['Endpoint', 'Answer'],
		...Object.entries(TOKENS).map(([name, what]) => [`\`/livekit/token/${name}\``, what]),
		...Object.entries(ENDPOINTS).map(([name, { what }]) => [`\`/livekit/token/${name}\``, what])
	]
};

/** The page with its tables written anew from the code. */
export const withFreshTables = (page: string): string => freshTables(page, TABLES);
