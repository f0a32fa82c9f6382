import type { Job } from '@livekit/protocol';
import { dispose } from '@livekit/rtc-node';
import type { Question } from '../agent-process.ts';
import { Cast, type Access } from './cast.ts';
import { Party } from './party.ts';
import { Worker } from './worker.ts';

const access = JSON.parse(process.env.OFFHOOK_LIVEKIT ?? '{}') as Access;
/** Newest last; those that are over are kept for a while, because they are asked about. */
const casts: Cast[] = [];
const KEPT = 500;
const visitors: Party[] = [];

function begin(job: Pick<Job, 'id' | 'agentName' | 'metadata'>, room: string, sid: string): Cast {
	const cast = new Cast(access, job, room, sid);
	casts.push(cast);
	if (casts.length > KEPT) casts.shift();
	return cast;
}

async function answer(question: Question): Promise<unknown> {
	if (question.ask === 'rooms') return casts.map((cast) => cast.observe());
	if (question.ask === 'visit') return visit(question);
	if (question.ask === 'visitor') return visitor(question.identity).observe();
	if (question.ask === 'dismiss') return void casts.map((cast) => cast.leave());
	if (question.ask === 'goodbye') return visitor(question.identity).leave();
	const cast = casts.findLast((one) => one.observe().room === question.room);
	if (!cast) throw new Error(`nobody of ours is in ${question.room}`);
	if (question.ask === 'say') await cast.say(question.text, question.ms);
	else await cast.setState(question.state);
	return undefined;
}

/** Resolves when the guest has joined. */
async function visit({ url, token, voice }: Extract<Question, { ask: 'visit' }>): Promise<void> {
	const party = new Party(
		{ as: 'person', name: 'Visitor', voice },
		{ deleteRoom: () => Promise.resolve(), guest: () => {}, isOurs: () => false }
	);
	await party.join({ url, token });
	visitors.push(party);
}

function visitor(identity: string): Party {
	const party = visitors.findLast((one) => one.observe().identity === identity);
	if (!party) throw new Error(`no visitor is ${identity}`);
	return party;
}

const workers = ['', 'support'].map(
	(agentName) =>
		new Worker({
			...access,
			agentName,
			take: (job, token) => {
				const { name = '', sid = '' } = job.room ?? {};
				const cast = begin(job, name, sid);
				void cast.enter(token).catch((error: unknown) => console.error(error));
			},
			end: (jobId) => void casts.find((cast) => cast.jobId === jobId)?.leave()
		})
);

process.on('message', ({ id, question }: { id: number; question: Question }) => {
	answer(question).then(
		(said) => process.send?.({ id, answer: said }),
		(error: unknown) => process.send?.({ id, error: String(error) })
	);
});
process.once('disconnect', () => process.exit());
process.once('SIGTERM', () => void end());
process.on('SIGINT', () => {});
// What goes wrong in one room is not to end all the others.
process.on('unhandledRejection', (error) => console.error(error));

async function end(): Promise<void> {
	for (const worker of workers) worker.close();
	await Promise.all([...casts, ...visitors].map((one) => one.leave()));
	await dispose();
	process.exit();
}

await Promise.all(workers.map((worker) => worker.start()));
process.send?.({ ready: true });
