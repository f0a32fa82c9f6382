import { build } from './build.ts';
import { configuration } from './configuration.ts';
import { control } from './control.ts';
import { environment } from './environment.ts';
import { ice } from './ice.ts';
import { microphone } from './microphone.ts';
import { permissions } from './permissions.ts';
import { phone } from './phone.ts';
import { policy } from './policy.ts';
import { speaker } from './speaker.ts';
import { storage } from './storage.ts';
import type { PageDeps, PageGatherer } from './page.ts';

/** Everything that the checkup observes of the page, this browser and this device. */
export function pageGatherers(deps: PageDeps): readonly PageGatherer[] {
	return [
		environment(deps),
		permissions(deps),
		configuration(deps),
		phone(deps),
		storage(deps),
		control(deps),
		build(deps),
		ice(deps),
		speaker(deps),
		microphone(deps),
		policy(deps)
	];
}

export { loopTest } from './loop-test.ts';
export type { PageDeps } from './page.ts';
export { probeGatherers } from './probe.ts';
export { recordSample } from './recording.ts';
export { refusedLine, refusedProbe } from './refused-line.ts';
export { TokenShelf } from './token-shelf.ts';
