// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { describeLine } from './line-contract.ts';
import { number, openTwilio } from './twilio-bench.ts';

describeLine('Twilio over the exchange', async () => {
	const { line, observe } = openTwilio();
	return {
		line,
		dialable: {
			echo: number(100),
			busy: number(102),
			noAnswer: number(103),
			notFound: number(106),
			refused: number(105),
			dropsAfterAnswer: number(122),
			callsBack: number(130),
			givesUp: number(131)
		},
		farSide: {
			heard: async (call) => 20 * Math.log10((await observe(call)).level ?? 0),
			digits: async (call) => (await observe(call)).digits
		},
		live: liveNow,
		close: async () => {}
	};
});
