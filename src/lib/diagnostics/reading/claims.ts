import type { Claims, Json } from '../types.ts';

type Fields = Readonly<Record<string, Json>>;

export const fieldsOf = (value: Json | undefined): Fields | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

export const textOf = (value: Json | undefined): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

export const numberOf = (value: Json | undefined): number | undefined =>
	typeof value === 'number' && Number.isFinite(value) ? value : undefined;

/** Seconds since 1970, as the token says them. */
export function timesOf({ payload }: Claims) {
	return {
		exp: numberOf(payload?.['exp']),
		nbf: numberOf(payload?.['nbf']),
		iat: numberOf(payload?.['iat'])
	};
}

export const twilioGrants = ({ payload }: Claims): Fields | undefined => fieldsOf(payload?.['grants']);

export const voiceGrant = (claims: Claims): Fields | undefined => fieldsOf(twilioGrants(claims)?.['voice']);

/** The application that outgoing calls are handed to. */
export const outgoingApp = (claims: Claims): string | undefined =>
	textOf(fieldsOf(voiceGrant(claims)?.['outgoing'])?.['application_sid']);

export const letsCallsIn = (claims: Claims): boolean =>
	fieldsOf(voiceGrant(claims)?.['incoming'])?.['allow'] === true;

export const videoGrant = ({ payload }: Claims): Fields | undefined => fieldsOf(payload?.['video']);

/** The names of the agents that a LiveKit token dispatches. */
export function dispatchedAgents({ payload }: Claims): readonly string[] {
	const config = fieldsOf(payload?.['roomConfig']) ?? fieldsOf(payload?.['room_config']);
	const agents = config?.['agents'];
	if (!Array.isArray(agents)) return [];
	return agents
		.map((agent: Json) => fieldsOf(agent))
		.map((agent) => textOf(agent?.['agentName']) ?? textOf(agent?.['agent_name']) ?? '');
}

/** The beginning of a sid, which says what it is and nothing more; or the kind of value that stands there. */
export const beginningOf = (value: Json | undefined): string =>
	typeof value === 'string' ? value.slice(0, 2) : value === undefined ? 'nothing' : typeof value;

/** A sid so that two can be told apart and neither can be used: 'AP…1234'. */
export const shortSid = (sid: string): string => `${sid.slice(0, 2)}…${sid.slice(-4)}`;
