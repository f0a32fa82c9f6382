import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startLiveKit } from './livekit.ts';
import { ROOM_PLAN } from './room-plan.ts';
import { withFreshTables } from './tables.ts';

const { values } = parseArgs({ options: { 'write-docs': { type: 'boolean' } } });

if (values['write-docs']) {
	const page = new URL('../../docs/livekit-rooms.md', import.meta.url);
	await writeFile(page, withFreshTables(await readFile(page, 'utf8')));
} else {
	const livekit = await startLiveKit({ say: (words) => console.log(words) });
	await livekit.ready;
	console.log(`Server      ${livekit.url}`);
	console.log(`Tokens      ${livekit.tokenUrl()}`);
	console.log(`Rooms       ${livekit.httpUrl}/livekit/rooms\n`);
	for (const { name, what } of ROOM_PLAN) console.log(`${`${name}-…`.padEnd(20)}${what}`);
	process.once('SIGINT', () => void livekit.close());
	process.once('SIGTERM', () => void livekit.close());
}
