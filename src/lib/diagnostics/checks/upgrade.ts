import { hostOf } from '../reading/addresses.ts';
import { httpOf, isReadable, opened, shapeOf } from '../reading/attempts.ts';
import { carrierOf } from '../reading/surroundings.ts';
import { BEFORE_SOCKETS, judgeTargets, layered } from '../reading/targets.ts';
import { fail } from '../reading/verdicts.ts';
import type { Check, Context, Signalling, Target, Verdict } from '../types.ts';

/** Ordinary requests are answered, the WebSocket upgrade is not. Its status is never shown; what lies beside it may be. */
export const upgrade: Check<'line' | 'probe', 'signalling'> = {
	id: 'upgrade',
	scopes: ['line', 'probe'],
	needs: ['signalling'],
	explainedBy: [...BEFORE_SOCKETS, 'server-words', 'livekit-address'],
	judge: ({ signalling }, context) => judgeTargets(signalling, (target) => judge(target, signalling, context))
};

function judge(target: Target, { targets }: Signalling, context: Context): Verdict | undefined {
	if (shapeOf(target.socket) !== 'never-opened' || httpOf(target) !== 'alive') return undefined;
	const facts = { host: hostOf(target.socket.url), address: target.socket.url };
	const other = targets.find((one) => one.role === 'alternative' && opened(one.socket))?.socket;
	const followed = target.followUps.find(
		({ change, socket }) => change === 'alternative' && opened(socket)
	)?.socket;
	const alternative = other ?? followed;
	if (carrierOf(context) === 'websocket') {
		const readable = byStatus(target, facts);
		if (alternative)
			return fail('websocket.upgrade-lost-in-proxy', 'likely', {
				...facts,
				alternative: hostOf(alternative.url)
			});
		if (readable) return readable;
	}
	return (
		byDifference(target, facts) ??
		fail(layered(context, 'upgrade-refused'), 'likely', statusOf(target, facts), ...neighbours(context))
	);
}

interface Known {
	readonly host: string;
	readonly address: string;
}

const statusOf = ({ cors }: Target, facts: Known) =>
	isReadable(cors) ? { ...facts, status: cors.status, said: cors.excerpt ?? '' } : { ...facts };

/** The status of an ordinary request, where the page may read it, often is the one of the upgrade. */
function byStatus(target: Target, facts: Known): Verdict | undefined {
	const rest = target.followUps.find(({ change }) => change === 'rest')?.fetch;
	const isLoginRefused = (status: number) => status === 401 || status === 403;
	if (isReadable(rest) && isLoginRefused(rest.status))
		return fail('websocket.unauthorized-handshake', 'likely', {
			...facts,
			status: rest.status,
			said: rest.excerpt ?? ''
		});
	if (!isReadable(target.cors)) return undefined;
	const { status, excerpt = '' } = target.cors;
	const known = { ...facts, status, said: excerpt };
	if (/\b1101\b/.test(excerpt)) return fail('websocket.worker-exception', 'likely', known);
	if (isLoginRefused(status))
		return fail('websocket.unauthorized-handshake', 'likely', known, [
			'websocket.upgrade-refused',
			'server-log'
		]);
	if (status === 404 || status === 410) return fail('server-url.wrong-path', 'likely', known);
	if (status === 429) return fail('websocket.rate-limited', 'likely', known);
	return status >= 500
		? fail('websocket.server-error', 'likely', known, ['websocket.upgrade-refused', 'server-log'])
		: undefined;
}

/** A variant of the request opens: the difference between the two is the cause. */
function byDifference(target: Target, facts: Known): Verdict | undefined {
	const variant = target.followUps.find(
		({ change, socket }) => ['no-token', 'dummy-token', 'no-parameter'].includes(change) && opened(socket)
	);
	if (!variant) return undefined;
	return fail('websocket.request-rejected', 'likely', {
		...facts,
		difference: variant.what ?? variant.change
	});
}

const neighbours = (context: Context) =>
	carrierOf(context) === 'websocket'
		? ([
				['websocket.upgrade-lost-in-proxy', 'alternative-address'],
				['websocket.unauthorized-handshake', 'server-log']
			] as const)
		: ([['signalling.websocket-blocked', 'other-network']] as const);
