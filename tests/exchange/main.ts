import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startExchange } from './exchange.ts';
import { NUMBERING_PLAN } from './numbering-plan.ts';
import { withFreshTables } from './tables.ts';

const { values } = parseArgs({
	options: { port: { type: 'string' }, 'plain-port': { type: 'string' }, 'write-docs': { type: 'boolean' } }
});

if (values['write-docs']) {
	const page = new URL('../../docs/exchange.md', import.meta.url);
	await writeFile(page, withFreshTables(await readFile(page, 'utf8')));
} else {
	const exchange = await startExchange({
		port: Number(values.port ?? 0),
		plainPort: Number(values['plain-port'] ?? 0)
	});
	console.log(`Signalling  wss://${exchange.gateway}/signal   ${exchange.plainGateway}/signal`);
	console.log(`Tokens      ${exchange.tokenUrl()}`);
	console.log(`Calls       ${exchange.httpUrl}/exchange/calls\n`);
	for (const { number, name, what } of NUMBERING_PLAN) console.log(`${number}  ${name.padEnd(24)}${what}`);
	process.once('SIGINT', () => void exchange.close());
	process.once('SIGTERM', () => void exchange.close());
}
