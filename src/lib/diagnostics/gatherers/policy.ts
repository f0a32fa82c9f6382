import { shownUrl } from '../probes/shown.ts';
import type { Policy } from '../types.ts';
import { pageGatherer, type PageDeps } from './page.ts';

/** Two names of one thing: neither is in every browser. */
interface FeaturePolicy {
	allowsFeature(feature: string): boolean;
	features?(): readonly string[];
}

const FEATURES = {
	microphone: 'microphone',
	autoplay: 'autoplay',
	speakerSelection: 'speaker-selection',
	localNetworkAccess: 'local-network-access'
} as const;

/**
 * What site and frame forbid. Late in the run: the requests of the checkup itself are what shows most clearly which addresses
 * the content policy keeps from it.
 */
export const policy = ({ witness }: PageDeps) =>
	pageGatherer(
		'policy',
		0,
		async (): Promise<Policy> => ({
			allows: allowed(),
			violations: witness.violations.map((one) => ({ ...one, blocked: shownUrl(one.blocked) }))
		}),
		['control', 'token', 'signalling', 'room']
	);

function allowed(): Policy['allows'] {
	const { permissionsPolicy, featurePolicy } = document as Document & {
		readonly permissionsPolicy?: FeaturePolicy;
		readonly featurePolicy?: FeaturePolicy;
	};
	const rules = permissionsPolicy ?? featurePolicy;
	if (!rules) return {};
	const known = rules.features?.();
	const entries = Object.entries(FEATURES)
		// Of a feature that the browser does not know it says that it is forbidden.
		.filter(([, feature]) => !known || known.includes(feature))
		.map(([key, feature]) => [key, rules.allowsFeature(feature)] as const);
	return Object.fromEntries(entries);
}
