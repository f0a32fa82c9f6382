import { pageGatherer, type PageDeps } from './page.ts';

/** The phone as a whole, as the app knows it. */
export const phone = ({ phone: snapshot, witness }: PageDeps) =>
	pageGatherer('phone', 0, async () => ({
		...snapshot(),
		pageAgeMs: witness.ageMs,
		network: witness.network
	}));
