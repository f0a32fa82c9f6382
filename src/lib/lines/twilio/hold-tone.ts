const HERTZ = 1000;
/** -14 dBFS: heard well, startles nobody. */
const AMPLITUDE = 0.2;
const BEEP_S = 0.4;
const PERIOD_S = 2;
const RAMP_S = 0.02;

/** What a held caller hears, to be looped: a soft beep every two seconds, so that silence is not taken for a lost call. */
export function holdTone(context: BaseAudioContext): AudioBuffer {
	const { sampleRate } = context;
	const buffer = context.createBuffer(1, PERIOD_S * sampleRate, sampleRate);
	const samples = buffer.getChannelData(0);
	for (let at = 0; at < BEEP_S * sampleRate; at++) {
		const time = at / sampleRate;
		const ramp = Math.min(1, time / RAMP_S, (BEEP_S - time) / RAMP_S);
		samples[at] = AMPLITUDE * ramp * Math.sin(2 * Math.PI * HERTZ * time);
	}
	return buffer;
}
