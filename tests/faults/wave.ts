import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE = 48_000;
const SECONDS = 2;
let count = 0;

/** A recording for a browser's fake microphone: noise up to this level, 0 to 1; 0 is digital silence. */
export async function waveFile(level: number): Promise<{ readonly path: string; end(): Promise<void> }> {
	const samples = RATE * SECONDS;
	const head = Buffer.alloc(44);
	head.write('RIFF', 0);
	head.writeUInt32LE(36 + 2 * samples, 4);
	head.write('WAVEfmt ', 8);
	head.writeUInt32LE(16, 16);
	// PCM, one channel, 16 bits.
	head.writeUInt16LE(1, 20);
	head.writeUInt16LE(1, 22);
	head.writeUInt32LE(RATE, 24);
	head.writeUInt32LE(2 * RATE, 28);
	head.writeUInt16LE(2, 32);
	head.writeUInt16LE(16, 34);
	head.write('data', 36);
	head.writeUInt32LE(2 * samples, 40);
	const sound = Buffer.alloc(2 * samples);
	for (let at = 0; at < samples; at++)
		sound.writeInt16LE(Math.round((Math.random() * 2 - 1) * level * 32_767), 2 * at);
	const path = join(tmpdir(), `microphone-${process.pid}-${count++}.wav`);
	await writeFile(path, Buffer.concat([head, sound]));
	return { path, end: () => rm(path, { force: true }) };
}
