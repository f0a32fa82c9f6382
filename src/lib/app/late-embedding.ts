import { until } from '#lib/core/watched.ts';
import type { EmbeddingDeps } from './embedding.ts';

/** What talks to the page that has opened the phone comes where there is one, and the site names such pages. */
export function lateEmbedding(deps: EmbeddingDeps): void {
	const { window, config, log, scope } = deps;
	if (!window.opener) return;
	until(config, (now) => now.config.embed.origins.length > 0, scope.signal)
		.then(() => import('./embedding.ts'))
		.then(
			({ startEmbedding }) => scope.ended || startEmbedding(deps),
			(error: unknown) =>
				scope.ended || log('warn', 'a part of the phone did not arrive', { what: 'embedding', error })
		);
}
