import { hostOf, isSameServer, readAddress } from '../reading/addresses.ts';
import { carrierOf, ownOf } from '../reading/surroundings.ts';
import { fail, pass, skipped, warn } from '../reading/verdicts.ts';
import type { Check, Context, LineSetup, ProbeSetup, Verdict, WrittenAddress } from '../types.ts';

/** The addresses as they stand in config.json and in the token's answer, before anything is tried. */
export const serverAddress: Check<'line' | 'probe', 'setup'> = {
	id: 'server-address',
	scopes: ['line', 'probe'],
	needs: ['setup'],
	judge({ setup }, context) {
		const wrong = setup.addresses
			.map((address) => addressVerdict(address, context))
			.find((verdict) => verdict !== undefined);
		if (wrong) return wrong;
		const missing = missingAddress(setup, context);
		if (missing) return missing;
		const problem = setup.problems.find(({ severity }) => severity === 'error');
		if (problem || !setup.accepted)
			return fail('config.invalid', 'certain', { path: problem?.path ?? '', problem: problem?.code ?? '' });
		return setup.addresses.length === 0 ? skipped('not-for-this-kind') : (mismatch(setup) ?? pass);
	}
};

function missingAddress(setup: LineSetup | ProbeSetup, context: Context): Verdict | undefined {
	if (carrierOf(context) !== 'livekit') return undefined;
	const servers = setup.addresses.filter(({ role }) => role === 'server');
	const isGiven = servers.some(
		({ written, source }) => written !== '' && source !== 'none' && source !== 'default'
	);
	if (isGiven) return undefined;
	const byDefault = servers.find(({ source }) => source === 'default');
	if (byDefault) return fail('livekit-url.missing', 'certain', { address: byDefault.written });
	// The endpoint may still give one: it has not answered with a token yet.
	const token = ownOf(context)?.token;
	const answered = token?.ok && token.value.claims !== undefined;
	return answered || servers.some(({ written, source }) => written === '' && source === 'config')
		? fail('livekit-url.missing', 'certain', { address: '' })
		: undefined;
}

/** What can be said of one address by looking at it. */
function addressVerdict(
	{ role, written, source, used }: WrittenAddress,
	{ all }: Context
): Verdict | undefined {
	if (written === '' || source === 'none' || (!used && role !== 'alternative')) return undefined;
	const facts = { address: written, role };
	const isSocket = role !== 'token';
	// A token address may be relative to the page; Twilio's gateway is host and port, and always encrypted.
	if (!isSocket && !/^[a-z][a-z\d+.-]*:/i.test(written)) return undefined;
	if (role === 'gateway' && !written.includes('://')) return undefined;
	const address = readAddress(written);
	const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(written);
	if (!hasScheme)
		return isSocket
			? fail('server-url.scheme-missing', 'certain', { ...facts, better: `wss://${written}` })
			: fail('token-endpoint.insecure', 'certain', facts);
	if (!address) return fail('server-url.unreadable', 'certain', facts);
	const isKnown = ['wss', 'ws', 'https', 'http'].includes(address.scheme);
	if (!isKnown) return fail('server-url.unreadable', 'certain', facts);
	const isPlain = address.scheme === 'ws' || address.scheme === 'http';
	if (!isPlain || address.kind === 'loopback') return undefined;
	if (!isSocket) return fail('token-endpoint.insecure', 'certain', facts);
	const page = all.page.environment?.ok ? readAddress(all.page.environment.value.page) : undefined;
	// A page that is plain itself may open plain sockets; the phone's own rule asks for encryption all the same.
	return page?.scheme === 'http' && page.kind !== 'loopback'
		? undefined
		: fail('server-url.insecure-scheme', 'certain', {
				...facts,
				better: written.replace(/^ws:/, 'wss:').replace(/^http:/, 'https:')
			});
}

/** Two addresses of one server: the endpoint's is used, since the token was made for it. */
function mismatch({ addresses }: LineSetup | ProbeSetup): Verdict | undefined {
	const ofServer = (from: WrittenAddress['source']) => {
		const written = addresses.find(({ role, source }) => role === 'server' && source === from)?.written;
		return written === undefined || written === '' ? undefined : readAddress(written);
	};
	const [config, endpoint] = [ofServer('config'), ofServer('endpoint')];
	if (!config || !endpoint || isSameServer(config, endpoint)) return undefined;
	return warn('server-url.different-host', 'certain', {
		configured: hostOf(`${config.scheme}://${config.host}`),
		given: hostOf(`${endpoint.scheme}://${endpoint.host}`)
	});
}
