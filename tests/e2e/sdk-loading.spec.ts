import { chunksOf, SDKS, type Sdk } from '../bench/first-load.ts';
import { expect, LIVEKIT_LABEL, test, TWILIO_LABEL } from './fixtures.ts';

const BUILD = process.env.OUT ?? 'build';
const [TWILIO, LIVEKIT] = SDKS;

/** Which SDKs have been asked for. That there is a chunk of each to ask for is the business of `npm run size`. */
const sdksAmong = (asked: readonly string[]): readonly string[] =>
	SDKS.filter((sdk) => chunksOf(sdk, BUILD).some(({ path }) => asked.some((url) => url.endsWith(path)))).map(
		({ name }) => name
	);

const STORIES: readonly (readonly [line: string, sdk: Sdk | undefined])[] = [
	['Practice line', undefined],
	[TWILIO_LABEL, TWILIO],
	[LIVEKIT_LABEL, LIVEKIT]
];

for (const [line, sdk] of STORIES) {
	test(`${line}: ${sdk ? `the ${sdk.name} alone` : 'no SDK'} comes over the network`, async ({
		phone,
		served,
		setTwilioLine,
		setLiveKitLine
	}) => {
		if (sdk === TWILIO) setTwilioLine();
		if (sdk === LIVEKIT) setLiveKitLine();
		await phone.open('./', line);
		await phone.page.waitForLoadState('networkidle');
		expect(sdksAmong(served.asked)).toEqual(sdk ? [sdk.name] : []);
	});
}
