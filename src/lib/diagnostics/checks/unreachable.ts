import { hostOf, isEncrypted, readAddress } from '../reading/addresses.ts';
import { answers, httpOf, opened, shapeOf } from '../reading/attempts.ts';
import { carrierOf, lineSetupOf, reachesElsewhere } from '../reading/surroundings.ts';
import { BEFORE_SOCKETS, judgeTargets, layered } from '../reading/targets.ts';
import { fail } from '../reading/verdicts.ts';
import type { Change, Check, Context, Target, Verdict } from '../types.ts';

/** The socket never opened, and no request to the same address is answered: name, port, certificate or network. */
export const unreachable: Check<'line' | 'probe', 'signalling'> = {
	id: 'unreachable',
	scopes: ['line', 'probe'],
	needs: ['signalling'],
	explainedBy: BEFORE_SOCKETS,
	judge: ({ signalling }, context) => judgeTargets(signalling, (target) => judge(target, context))
};

function judge(target: Target, context: Context): Verdict | undefined {
	const { socket } = target;
	if (shapeOf(socket) !== 'never-opened' || httpOf(target) === 'alive' || httpOf(target) === 'silent')
		return undefined;
	const facts = {
		host: hostOf(socket.url),
		ms: socket.close?.afterMs ?? socket.errorAfterMs ?? socket.watchedMs
	};
	if (socket.close?.code === 1015) return fail(layered(context, 'certificate-untrusted'), 'certain', facts);
	return (
		byScheme(target) ??
		byEdge(target, context) ??
		byName(target, context, facts) ??
		family(target, context, facts)
	);
}

const followed = ({ followUps }: Target, ...changes: readonly Change[]) =>
	followUps.filter(({ change }) => changes.includes(change));

/** The same port answers in the other scheme. */
function byScheme(target: Target): Verdict | undefined {
	const address = readAddress(target.socket.url);
	const [twin] = followed(target, 'other-scheme');
	if (!address || !twin || !(answers(twin.fetch) || opened(twin.socket))) return undefined;
	const facts = { host: hostOf(target.socket.url), address: target.socket.url };
	return isEncrypted(address)
		? fail('server-url.tls-missing', 'likely', facts, [
				'websocket.certificate-untrusted',
				'certificate-in-new-tab'
			])
		: fail('server-url.tls-required', 'likely', facts);
}

/** The vendor's own host opens where the configured one does not. */
function byEdge(target: Target, context: Context): Verdict | undefined {
	if (carrierOf(context) !== 'twilio') return undefined;
	const twin = followed(target, 'default-host').find(({ socket }) => opened(socket));
	if (!twin) return undefined;
	return fail('twilio-edge.unknown', 'likely', { edge: target.name ?? '', host: hostOf(target.socket.url) }, [
		'twilio-signalling.host-blocked',
		'other-network'
	]);
}

/** No port and no scheme of a name answers, at once, while other hosts do. */
function byName(target: Target, context: Context, facts: { host: string }): Verdict | undefined {
	const address = readAddress(target.socket.url);
	const isName = address?.kind === 'public' && !/^[\d.]+$|^\[/.test(address.host);
	if (!isName || carrierOf(context) === 'twilio') return undefined;
	const others = followed(target, 'default-port', 'other-scheme', 'root').filter(
		({ fetch, socket }) => fetch?.url !== undefined || socket !== undefined
	);
	const isDead = others.every(
		({ fetch, socket }) => fetch?.outcome === 'rejected' || (socket && shapeOf(socket) === 'never-opened')
	);
	const isTriedElsewhere = others.some(({ change }) => change !== 'root');
	if (!isDead || !isTriedElsewhere || !reachesElsewhere(context.all, address.host)) return undefined;
	return fail('server-url.host-not-found', 'likely', facts, [layered(context, 'unreachable'), 'name-lookup']);
}

/** What nothing separates has the family's name. */
function family(target: Target, context: Context, facts: { host: string }): Verdict {
	const host = readAddress(target.socket.url)?.host ?? '';
	const hasGateway = lineSetupOf(context)?.addresses.some(
		({ role, written }) => role === 'gateway' && written !== ''
	);
	if (carrierOf(context) === 'twilio' && !hasGateway && reachesElsewhere(context.all, host))
		return fail(
			'twilio-signalling.host-blocked',
			'likely',
			facts,
			['twilio-signalling.certificate-untrusted', 'firefox-close-code'],
			['twilio-signalling.unreachable', 'other-network']
		);
	return fail(
		layered(context, 'unreachable'),
		'likely',
		facts,
		['server-url.host-not-found', 'name-lookup'],
		[layered(context, 'certificate-untrusted'), 'certificate-in-new-tab']
	);
}
