import type { Exchange } from '../exchange/exchange.ts';
import { askWire } from './day-clock.ts';
import { until, type CallKind, type Calls, type CallsDeps } from './calls.ts';

export interface DropsDeps extends CallsDeps {
	readonly calls: Calls;
}

/** So long the network stays away, of the page's time. */
const AWAY_MS = 40_000;
/** Within so much of it a line is back: it tries again every 42 s at the latest. */
const BACK_MS = 120_000;
const PACE_MS = 100;

const WAYS = ['idle', 'in-call', 'away'] as const;

/** The ways in which a kiosk loses its network, in turn; after each it is back as if nothing had been. */
export class Drops {
	readonly #deps: DropsDeps;
	/** What the screen has said meanwhile, a list for each time. */
	readonly said: (readonly string[])[] = [];

	constructor(deps: DropsDeps) {
		this.#deps = deps;
	}

	/** The next one, and a call of this kind: in its middle, or after it. */
	async next(kind: CallKind): Promise<void> {
		const { page, calls } = this.#deps;
		const way = WAYS[this.said.length % WAYS.length] ?? 'idle';
		await askWire(page, 'said');
		if (way === 'idle') await this.#idle();
		else if (way === 'away') await this.#away();
		else await this.#inCall();
		await this.#isRegistered();
		this.said.push(await askWire(page, 'said'));
		if (way !== 'in-call') await calls.make(kind);
	}

	/** The socket is cut while nobody calls. */
	async #idle(): Promise<void> {
		const { exchange, identity, page } = this.#deps;
		exchange.drop(identity);
		await askWire(page, 'changed');
		await this.#isBack();
	}

	/** The socket is cut in the middle of a call, which goes on. */
	async #inCall(): Promise<void> {
		const { exchange, identity, screen, calls } = this.#deps;
		await calls.make('in', async (far) => {
			exchange.drop(identity);
			await until(() => far().reconnects === 1, 'the call does not come back');
			const heard = far().rtpIn;
			await until(() => far().rtpIn > heard + 20, 'the call that came back is silent');
			await screen.talks();
		});
	}

	/** There is no network at all for a while. */
	async #away(): Promise<void> {
		const { exchange, identity, page, screen, clock } = this.#deps;
		await page.context().setOffline(true);
		exchange.drop(identity);
		await screen.isOut();
		await clock.pass(AWAY_MS);
		await screen.isOut();
		await page.context().setOffline(false);
		await this.#isBack();
	}

	/** After the screen has told the loss. The line waits between its tries, and for that the page's time has to pass. */
	async #isBack(): Promise<void> {
		const { clock, screen } = this.#deps;
		const end = clock.now + BACK_MS;
		while (!(this.#phone().registered && (await screen.isReady()))) {
			if (clock.now > end) throw new Error('Stuck: the line does not register again.');
			await clock.pass(PACE_MS);
		}
		await screen.rests();
	}

	async #isRegistered(): Promise<void> {
		await until(() => this.#phone().registered && this.#phone().sockets === 1, 'the line is not registered');
	}

	#phone(): ReturnType<Exchange['phones']>[number] {
		const phone = this.#deps.exchange.phones().find(({ identity }) => identity === this.#deps.identity);
		if (!phone) throw new Error('The exchange has never seen the phone.');
		return phone;
	}
}
