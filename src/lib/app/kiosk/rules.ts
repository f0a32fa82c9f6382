import type { ConfigState, Kiosk as KioskConfig } from '#lib/config/config.ts';
import { LineError } from '#lib/core/errors.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Scope } from '#lib/core/scope.ts';
import { Cell, type Watched } from '#lib/core/watched.ts';

export interface KioskRulesDeps {
	readonly config: Watched<ConfigState>;
	readonly phone: Pick<Phone, 'calls'>;
	readonly scope: Scope;
}

/**
 * The kiosk's part of config.json, as it counts now. A new one waits for the end of the calls; one that is gone, for the next
 * start of the page. Throws `command.not-now` where there is none.
 */
export function rulesBetweenCalls({ config, phone, scope }: KioskRulesDeps): Watched<KioskConfig> {
	const first = config.value.config.kiosk;
	if (!first) throw new LineError('command.not-now');
	const rules = new Cell(first);
	const look = () => {
		const { kiosk } = config.value.config;
		if (kiosk && phone.calls.value.length === 0) rules.set(kiosk);
	};
	scope.add(config.watch(look));
	scope.add(phone.calls.watch(look));
	return rules;
}
