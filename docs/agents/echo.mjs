// A voice agent that says back what its caller says, for a first call: it needs no model and no key but that of your
// LiveKit server.
//
//   npm install @livekit/agents@1.9.0 @livekit/rtc-node@0.13.35 zod@4
//   node --env-file=.env echo.mjs start
//
// .env: LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET, the very ones of your token endpoint.
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, ServerOptions } from '@livekit/agents';
import { AudioSource, AudioStream, LocalAudioTrack, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { TrackPublishOptions, TrackSource } from '@livekit/rtc-node';

/** Samples a second, and channels. */
const SOUND = [48_000, 1];

/** Once for each call, in a process of its own. */
export default defineAgent({
	async entry(job) {
		const voice = new AudioSource(...SOUND);
		job.room.on(RoomEvent.TrackSubscribed, async (track) => {
			if (track.kind !== TrackKind.KIND_AUDIO) return;
			for await (const frame of new AudioStream(track, ...SOUND)) await voice.captureFrame(frame);
		});
		await job.connect();
		await job.room.localParticipant.publishTrack(
			LocalAudioTrack.createAudioTrack('echo', voice),
			new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE })
		);
		// The phone shows it; agents with an AgentSession say it by themselves.
		await job.room.localParticipant.setAttributes({ 'lk.agent.state': 'listening' });
	}
});

const agent = fileURLToPath(import.meta.url);
if (process.argv[1] === agent) {
	cli.runApp(
		new ServerOptions({
			agent,
			// Comes when it is invited by this name. Without one it would come to every new room by itself.
			agentName: 'echo',
			// An echo costs little: one process waits for the next call, and it comes on a busy machine, too. By itself it
			// stays away from new calls while the processor is busy for more than 70 %.
			numIdleProcesses: 1,
			loadFunc: async () => 0,
			// Where it says that it is well; 8081 if nothing else is said.
			host: '127.0.0.1',
			port: Number(process.env.PORT ?? 8081)
		})
	);
}
