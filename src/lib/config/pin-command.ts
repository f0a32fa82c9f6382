import process from 'node:process';
import { makePinHash } from '#lib/browser/pin.ts';
import { pinWeakness, type PinWeakness } from './pin-choice.ts';

// `npm run pin`: asks for a PIN twice, or reads it from what is piped in, and writes the line that config.json wants.

const { stdin, stdout, stderr } = process;

const WHY: Readonly<Record<PinWeakness, string>> = {
	'not-digits': 'The pad of the kiosk has digits only.',
	'too-short': 'Six digits at least, please.',
	'too-long': 'Nobody types more than 32 digits.',
	trivial: 'That one is tried first. Take another one.'
};

/** One line, without showing it. Undefined when Ctrl+C or Ctrl+D was pressed. */
function ask(question: string): Promise<string | undefined> {
	stderr.write(question);
	return new Promise((resolve) => {
		let typed = '';
		const end = (answer: string | undefined) => {
			stdin.off('data', read).setRawMode(false).pause();
			stderr.write('\n');
			resolve(answer);
		};
		const read = (chunk: Buffer) => {
			for (const key of chunk.toString()) {
				if (key === '\r' || key === '\n') return end(typed);
				if (key === '\u0003' || key === '\u0004') return end(undefined);
				typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : typed + key;
			}
		};
		stdin.setRawMode(true).on('data', read).resume();
	});
}

async function piped(): Promise<string> {
	let text = '';
	for await (const chunk of stdin) text += String(chunk);
	return text.replace(/\r?\n[^]*$/, '');
}

/** The PIN, or why there is none. */
async function choose(): Promise<{ readonly pin: string } | { readonly why: string }> {
	const pin = stdin.isTTY ? await ask('PIN: ') : await piped();
	if (pin === undefined) return { why: 'No PIN was made.' };
	const weakness = pinWeakness(pin);
	if (weakness) return { why: WHY[weakness] };
	if (stdin.isTTY && (await ask('Again: ')) !== pin) return { why: 'These were two different ones.' };
	return { pin };
}

const choice = await choose();
if ('why' in choice) {
	stderr.write(`${choice.why}\n`);
	process.exitCode = 1;
} else {
	stdout.write(`"pinHash": "${await makePinHash(choice.pin)}"\n`);
}
