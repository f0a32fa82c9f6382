import { randomUUID } from 'node:crypto';
import { AudioFrame } from '@livekit/rtc-node';
import {
	asLanguageCode,
	defineAgent,
	llm,
	stt,
	tts,
	voice,
	type APIConnectOptions,
	type JobContext
} from '@livekit/agents';

/**
 * A voice agent as people write them, on the agents' library and its AgentSession: states, transcripts and chat are the
 * library's own. Only the models are stand-ins, which know how long one spoke and no word of it.
 */
const RATE = 24_000;
/** Louder than this is speech, 0 to 1. */
const SPEECH = 0.02;
const SILENCE_MS = 200;
const INTERIM_MS = 200;
const CONNECT: APIConnectOptions = { maxRetry: 0, retryIntervalMs: 0, timeoutMs: 10_000 };
const MS_A_WORD = 150;

class Hearing extends stt.STT {
	label = 'stand-in';

	constructor() {
		super({ streaming: true, interimResults: true });
	}

	protected _recognize(): Promise<stt.SpeechEvent> {
		return Promise.reject(new Error('streams only'));
	}

	stream(): stt.SpeechStream {
		return new HearingStream(this, RATE, CONNECT);
	}
}

class HearingStream extends stt.SpeechStream {
	label = 'stand-in';

	protected async run(): Promise<void> {
		let spoken = 0;
		let silent = 0;
		let told = 0;
		for await (const frame of this.input) {
			if (typeof frame === 'symbol') continue;
			const ms = (frame.samplesPerChannel / frame.sampleRate) * 1000;
			const loud = frame.data.some((sample) => Math.abs(sample) / 0x8000 > SPEECH);
			if (loud && spoken === 0) this.queue.put({ type: stt.SpeechEventType.START_OF_SPEECH });
			if (loud) {
				silent = 0;
				spoken += ms;
				if (spoken - told > INTERIM_MS)
					this.#tell(stt.SpeechEventType.INTERIM_TRANSCRIPT, (told = spoken), ' so far');
			} else if (spoken > 0 && (silent += ms) > SILENCE_MS) {
				this.#tell(stt.SpeechEventType.FINAL_TRANSCRIPT, spoken);
				this.queue.put({ type: stt.SpeechEventType.END_OF_SPEECH });
				spoken = told = 0;
			}
		}
	}

	#tell(type: stt.SpeechEventType, ms: number, more = ''): void {
		const text = `(speech of ${(ms / 1000).toFixed(1)} s${more})`;
		const language = asLanguageCode('en');
		this.queue.put({
			type,
			alternatives: [{ text, language, startTime: 0, endTime: ms / 1000, confidence: 1 }]
		});
	}
}

class Wits extends llm.LLM {
	label(): string {
		return 'stand-in';
	}

	chat({ chatCtx }: { chatCtx: llm.ChatContext }): llm.LLMStream {
		return new WitsStream(this, { chatCtx, connOptions: CONNECT });
	}
}

class WitsStream extends llm.LLMStream {
	protected async run(): Promise<void> {
		const said = this.chatCtx.items.findLast((item) => item.type === 'message' && item.role === 'user');
		const text = said?.type === 'message' ? (said.textContent ?? '') : '';
		for (const word of `You said: ${text}`.split(/(?<= )/))
			this.queue.put({ id: 'stand-in', delta: { role: 'assistant', content: word } });
	}
}

class Speech extends tts.TTS {
	label = 'stand-in';

	constructor() {
		super(RATE, 1, { streaming: false });
	}

	synthesize(text: string, connOptions?: APIConnectOptions, abort?: AbortSignal): tts.ChunkedStream {
		return new SpeechStream(text, this, connOptions, abort);
	}

	stream(): tts.SynthesizeStream {
		throw new Error('whole sentences only');
	}
}

class SpeechStream extends tts.ChunkedStream {
	label = 'stand-in';

	protected async run(): Promise<void> {
		const frames = (this.inputText.split(' ').length * MS_A_WORD) / 10;
		const samples = RATE / 100;
		for (let frame = 0; frame < frames; frame++) {
			const data = Int16Array.from({ length: samples }, (_, at) =>
				Math.round(8000 * Math.sin((2 * Math.PI * 440 * (frame * samples + at)) / RATE))
			);
			this.queue.put({
				requestId: 'stand-in',
				segmentId: randomUUID(),
				frame: new AudioFrame(data, RATE, 1, samples),
				final: frame + 1 >= frames
			});
		}
	}
}

export default defineAgent({
	entry: async (ctx: JobContext) => {
		await ctx.connect();
		const session = new voice.AgentSession({
			stt: new Hearing(),
			llm: new Wits(),
			tts: new Speech(),
			vad: null,
			turnDetection: 'stt'
		});
		await session.start({ agent: new voice.Agent({ instructions: 'Say what was said.' }), room: ctx.room });
		session.say('Hello.');
	}
});
