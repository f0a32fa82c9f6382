import { spawn } from 'node:child_process';

/**
 * Runs the program of its arguments and outlives nobody: when the process that forked this one is gone, however it went,
 * the channel between them closes, and the program is killed. Told `freeze`, `thaw`, `stop` or `kill`, it passes the signal on.
 */
const SIGNALS: Readonly<Record<string, NodeJS.Signals>> = {
	freeze: 'SIGSTOP',
	thaw: 'SIGCONT',
	stop: 'SIGTERM',
	kill: 'SIGKILL'
};

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const kill = (): void => void child.kill('SIGKILL');

process.on('message', (told) => {
	const signal = SIGNALS[String(told)];
	if (signal) child.kill(signal);
});
process.once('disconnect', kill);
process.once('exit', kill);
// Ctrl-C reaches the whole group; whoever forked this one decides when the program ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
child.once('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
