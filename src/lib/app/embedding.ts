import type { ConfigState } from '#lib/config/config.ts';
import { OpenerPort } from '#lib/browser/opener-port.ts';
import { addressKey, parseAddress } from '#lib/core/address.ts';
import {
	hostCallState,
	hostWord,
	LINE_STATES,
	type HostWord,
	type PhoneStatus,
	type PhoneWord
} from '#lib/core/host-talk.ts';
import type { Call } from '#lib/core/line.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Clock, Log, PhoneOwner } from '#lib/core/ports.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Watched } from '#lib/core/watched.ts';

export interface EmbeddingDeps {
	readonly window: Window;
	readonly config: Watched<ConfigState>;
	readonly phone: Pick<Phone, 'lines' | 'calls' | 'focus'>;
	readonly owner: Pick<PhoneOwner, 'ownership'>;
	readonly clock: Clock;
	readonly log: Log;
	/** ISO 3166, two letters: how a number without a country is read. */
	country(): string;
	readonly scope: Scope;
	/** As a link that is opened: the query says what to put in. */
	open(query: string): void;
}

/** No person clicks more often; a host that does is broken or means harm. */
const MOST_PREFILLS = 10;
const IN_MS = 10_000;

/** What was put in last, until a call to it has ended. */
interface Prefilled {
	readonly to: string;
	readonly origin: string;
	readonly ref: string | undefined;
	/** Whether a call to it has begun. */
	called: boolean;
}

/**
 * Lets the page that has opened the phone put in numbers and see how it goes (docs/embedding.md). It never dials, and says
 * nobody's name or number. Nothing counts in a kiosk.
 */
export function startEmbedding(deps: EmbeddingDeps): void {
	const { window, config, phone, owner, clock, log, scope } = deps;
	const { dataset } = window.document.documentElement;
	let prefilled: Prefilled | undefined;
	let recent: readonly number[] = [];
	let watching: Scope | undefined;

	const port = new OpenerPort({
		window,
		scope,
		origins: () => (dataset['kiosk'] === undefined ? config.value.config.embed.origins : []),
		onWord(raw, origin) {
			const word = hostWord(raw);
			if (word) hear(word, origin);
			else log('debug', 'a host said something else', { origin });
		}
	});
	const say = (word: PhoneWord, origin: string) => port.say({ offhook: 1, ...word }, origin);

	function hear(word: HostWord, origin: string): void {
		if (word.type === 'prefill') return prefill(word, origin);
		if (word.type === 'status?') return say(statusOf(deps), origin);
		watching?.end();
		watching = word.type === 'watch' ? scope.child() : undefined;
		if (watching) tellChanges(watching, origin);
	}

	function prefill({ to, line, ref }: HostWord & { type: 'prefill' }, origin: string): void {
		const named = ref === undefined ? {} : { ref };
		const now = clock.monotonic();
		recent = recent.filter((at) => now - at < IN_MS);
		const why =
			phone.calls.value.length > 0
				? 'in-call'
				: owner.ownership.value === 'elsewhere'
					? 'elsewhere'
					: recent.length >= MOST_PREFILLS
						? 'too-often'
						: undefined;
		if (why) return say({ type: 'refused', why, ...named }, origin);
		recent = [...recent, now];
		prefilled = { to, origin, ref, called: false };
		deps.open(`?${new URLSearchParams({ to, ...(line === undefined ? {} : { line }) }).toString()}`);
		say({ type: 'prefilled', ...named }, origin);
	}

	function tellChanges(of: Scope, origin: string): void {
		let last = '';
		let inner = of.child();
		const tell = () => {
			const status = statusOf(deps);
			const text = JSON.stringify(status);
			if (text === last) return;
			last = text;
			say(status, origin);
		};
		const follow = () => {
			inner.end();
			inner = of.child();
			for (const { state } of phone.lines.value) inner.add(state.watch(tell));
			for (const { state } of phone.calls.value) inner.add(state.watch(tell));
			tell();
		};
		for (const list of [config, phone.lines, phone.calls, phone.focus]) of.add(list.watch(follow));
		follow();
	}

	function noteCall(call: Call): void {
		const asked = prefilled;
		if (!asked || asked.called || call.direction !== 'out' || !leadsTo(call, asked.to, deps)) return;
		asked.called = true;
		const ending = scope.child();
		ending.add(
			call.state.watch((state) => {
				if (state.phase !== 'ended') return;
				ending.end();
				if (prefilled === asked) prefilled = undefined;
				const { reason: outcome, talkedMs } = state.how;
				const seconds = Math.round(talkedMs / 1000);
				const named = asked.ref === undefined ? {} : { ref: asked.ref };
				say({ type: 'result', outcome, seconds, ...named }, asked.origin);
			})
		);
	}
	scope.add(phone.calls.watch((calls) => calls.forEach(noteCall)));

	port.sayFirst({ offhook: 1, type: 'ready' });
}

function statusOf({ phone, config }: EmbeddingDeps): PhoneStatus {
	const open = phone.lines.value;
	const call = phone.focus.value ?? phone.calls.value.at(-1);
	return {
		type: 'status',
		lines: config.value.config.lines.map(({ id, label }) => {
			const line = open.find((one) => one.id === id);
			return { id, label: line?.label ?? label ?? id, state: LINE_STATES[line?.state.value.phase ?? 'off'] };
		}),
		call: call
			? { line: call.lineId, direction: call.direction, state: hostCallState(call.state.value) }
			: null
	};
}

/** Whether that is what was put in, read as the pad reads it. */
function leadsTo(call: Call, typed: string, { phone, country }: EmbeddingDeps): boolean {
	const can = phone.lines.value.find(({ id }) => id === call.lineId)?.can;
	const read = can && parseAddress(typed.trim(), can, country());
	return read?.ok === true && addressKey(read.value.address) === call.party.value.address;
}
