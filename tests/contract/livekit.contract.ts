// First: it counts what the SDK opens, and the SDK keeps the browser's WebSocket when it is evaluated.
import { liveNow } from './live.ts';
import { describeLine } from './line-contract.ts';
import { openLivekit, room } from './livekit-bench.ts';

describeLine(
	'LiveKit over a server of its own',
	async () => {
		const { line, identity, party, control } = openLivekit({
			settings: { agent: { expected: true, joinWithinSeconds: 4 } }
		});
		line.calls.watch(([call]) =>
			call?.state.watch(({ phase }) => {
				const room = call.conversation?.room.value ?? '';
				if (phase === 'talking' && room.startsWith('echo-removed'))
					void control('remove', { room, identity });
			})
		);
		return {
			line,
			dialable: {
				echo: room('echo'),
				// A room that is made for a call cannot be full.
				busy: { kind: 'room', value: `full-${crypto.randomUUID().slice(0, 8)}` },
				noAnswer: room('never'),
				notFound: room('gone'),
				dropsAfterAnswer: room('echo-removed')
			},
			farSide: {
				heard: async (call) => 20 * Math.log10((await party(call)).level),
				digits: async (call) => (await party(call)).digits
			},
			live: liveNow,
			close: async () => {}
		};
	},
	{ receives: false }
);
