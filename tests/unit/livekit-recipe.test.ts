import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '#lib/config/token-answer.ts';
import { fillRequest, type TokenRequest } from '#lib/config/token-request.ts';
import { parseConfig } from '#lib/config/parse-config.ts';
import { decodeClaims } from '#lib/core/jwt.ts';
import { readLines } from '#lib/lines/index.ts';
import { QUIET_MS, SILENT_MS, STUCK_MS, WITHOUT_AUDIO_MS } from '#lib/lines/livekit/agent.ts';
import type { LivekitSettings } from '#lib/lines/livekit/meta.ts';
import { roomName } from '#lib/lines/livekit/room-name.ts';
import { judgeLivekitToken, permitOf } from '#lib/lines/livekit/token-claims.ts';
import { FILES, isLiveKit, LIVEKIT_SETTINGS, startRecipe } from '../token-endpoints/recipes.ts';

// The LiveKit line that the README tells people to copy, with the token endpoints. More about these in token-recipes/.
const ROOT = resolve(import.meta.dirname, '../..');
const README = readFileSync(resolve(ROOT, 'README.md'), 'utf8');
/** The LiveKit line of the README. */
function readmeLine(): LivekitSettings {
	const blocks = [...README.matchAll(/```json\n([\s\S]*?)```/g)].map(([, block = '']) => block);
	const entries = blocks.flatMap((block) => readLines(parseConfig(JSON.parse(block)).config.lines).lines);
	const found = entries.find(({ kind }) => kind === 'livekit');
	if (!found) throw new Error('the README has no line of kind livekit');
	return found.settings as LivekitSettings;
}

describe('what the README says for LiveKit', () => {
	it('names the agent that is tested', () => expect(README).toContain('(docs/agents/echo.mjs)'));

	it.each(FILES.filter(isLiveKit))('%s answers what its line asks, and the phone takes it', async (file) => {
		const recipe = await startRecipe(file);
		const { id, token: settings, agent, room: template, identity } = readmeLine();
		expect(settings.auth).toBe('bearer');
		const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));
		const room = roomName(template, { identity: identity ?? '', now: Date.now(), random });
		const wanted: TokenRequest = {
			kind: 'livekit',
			line: id,
			room,
			...(agent.name === undefined ? {} : { agentName: agent.name })
		};
		const filled = fillRequest(settings, wanted, 'https://phone.example.com/');
		if (!filled.ok) throw filled.error;
		const answer = await fetch(recipe.tokenUrl, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${recipe.bearerOf('alice')}` },
			body: filled.value.body ?? ''
		});
		await recipe.close();
		expect(answer.status).toBe(201);
		const read = readAnswer(await answer.text(), 'livekit', settings.response, {});
		if (!read.ok) throw read.error;
		expect(read.value.serverUrl).toBe(LIVEKIT_SETTINGS['LIVEKIT_URL']);
		const claims = decodeClaims(read.value.secret.reveal());
		expect(judgeLivekitToken(claims, Date.now())).toBeUndefined();
		expect(permitOf(claims)).toEqual({
			identity: 'alice',
			room,
			maySpeak: true,
			mayWrite: true,
			agents: ['echo']
		});
	});
});

describe('docs/livekit.md', () => {
	const page = readFileSync(resolve(ROOT, 'docs/livekit.md'), 'utf8');

	it.each([
		['neither has a voice nor says that it is ready', WITHOUT_AUDIO_MS],
		['should answer, has a voice, and was never heard', SILENT_MS],
		['says that it is thinking', STUCK_MS],
		['says that it is speaking, and is not heard', QUIET_MS],
		['has not come, and nobody else is here', 1000 * (readmeLine().agent.joinWithinSeconds ?? Number.NaN)]
	])('tells the time of the watchdog: %s', (what, ms) => {
		const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(what));
		expect(row?.split('|')[2]?.trim()).toMatch(new RegExp(`^${ms / 1000} s`));
	});
});
