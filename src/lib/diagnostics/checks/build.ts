import { pass, unsure, warn } from '../reading/verdicts.ts';
import type { Check } from '../types.ts';

/** Whether what runs here is what is published. */
export const build: Check<'page', 'build'> = {
	id: 'build',
	scopes: ['page'],
	needs: ['build'],
	explainedBy: ['offline'],
	judge({ build: { running, published, worker } }) {
		if (!published)
			return worker.waiting
				? warn('app.outdated', 'likely', { running: running.version })
				: unsure('not-measured');
		const isSame = published.version === running.version && published.commit === running.commit;
		const facts = { running: name(running), published: name(published), waiting: worker.waiting };
		return isSame ? pass : warn('app.outdated', worker.waiting ? 'certain' : 'likely', facts);
	}
};

const name = ({ version, commit }: { version: string; commit: string }): string =>
	commit === '' ? version : `${version} (${commit.slice(0, 7)})`;
