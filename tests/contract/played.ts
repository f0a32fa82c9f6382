const elements: HTMLMediaElement[] = [];
const play: (this: HTMLMediaElement) => Promise<void> = Reflect.get(HTMLMediaElement.prototype, 'play');
HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
	if (!elements.includes(this)) elements.push(this);
	return play.call(this);
};

/** The element that has begun to play last. Import this module before anything plays. */
export function lastPlayed(): HTMLAudioElement {
	const element = elements.at(-1);
	if (!(element instanceof HTMLAudioElement)) throw new Error('nothing has been played');
	return element;
}

/** What an element's stream sounds like, measured beside it; `end` lets go of it. */
export function listenTo({ srcObject }: HTMLMediaElement): { peak(): number; end(): Promise<void> } {
	if (!(srcObject instanceof MediaStream)) throw new Error('the element plays no stream');
	const context = new AudioContext();
	const analyser = context.createAnalyser();
	context.createMediaStreamSource(srcObject).connect(analyser);
	const samples = new Float32Array(analyser.fftSize);
	return {
		peak: () => {
			analyser.getFloatTimeDomainData(samples);
			return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
		},
		end: () => context.close()
	};
}
