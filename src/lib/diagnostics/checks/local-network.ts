import { hostOf, readAddress, type HostKind } from '../reading/addresses.ts';
import { answers, opened, shapeOf } from '../reading/attempts.ts';
import { ownOf, valueOf } from '../reading/surroundings.ts';
import { fail, pass, skipped } from '../reading/verdicts.ts';
import type { Check, Context, Permissions } from '../types.ts';

/** Browsers ask before a public page may reach this computer or its network. Pages that live there are exempt. */
export const localNetwork: Check<'line' | 'probe', never> = {
	id: 'local-network',
	scopes: ['line', 'probe'],
	needs: [],
	explainedBy: ['websocket-policy', 'token-endpoint-policy', 'server-address'],
	judge(_own, context) {
		const page = readAddress(valueOf(context.all.page.environment)?.page ?? '');
		const permissions = valueOf(context.all.page.permissions);
		const failed = failedAddresses(context);
		if (!page || !permissions || !failed) return skipped('nothing-tried');
		if (page.kind !== 'public') return pass;
		for (const url of failed) {
			const kind = readAddress(url)?.kind;
			const state = kind && stateFor(kind, permissions);
			// A browser that does not know the question does not refuse either.
			if (state === 'denied' || state === 'prompt')
				return fail('policy.local-network-access', state === 'denied' ? 'certain' : 'likely', {
					host: hostOf(url),
					permission: state
				});
		}
		return pass;
	}
};

/** What neither opened nor answered, of the token request and of the sockets; undefined where nothing was tried. */
function failedAddresses(context: Context): readonly string[] | undefined {
	const own = ownOf(context);
	const token = valueOf(own?.token);
	const targets = valueOf(own?.signalling)?.targets ?? [];
	if (!token?.asked && targets.length === 0) return undefined;
	const sockets = targets.filter(({ socket }) => !opened(socket) && shapeOf(socket) !== 'threw');
	const asked = token?.asked && !answers(token.asked) && !answers(token.noCors) ? [token.asked.url] : [];
	return [...asked, ...sockets.map(({ socket }) => socket.url)];
}

function stateFor(kind: HostKind, { localNetwork, loopbackNetwork }: Permissions) {
	if (kind === 'loopback') return loopbackNetwork === 'unknown' ? localNetwork : loopbackNetwork;
	return kind === 'private' ? localNetwork : 'granted';
}
