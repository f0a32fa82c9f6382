import { expect, it } from 'vitest';
import { fixOffers, type FixOffer } from './fix-offers.ts';

it.each<[Parameters<typeof fixOffers>[0]['cause'], readonly FixOffer[]]>([
	['microphone.blocked', ['ask-microphone']],
	['microphone.silent', ['record-microphone', 'open-settings']],
	['microphone.saved-device-gone', ['open-settings']],
	['speaker.autoplay-blocked', ['unlock-sound']],
	['twilio-token.expired', ['fresh-token']],
	['line.in-another-tab', ['use-here']],
	['app.outdated', ['update-app']],
	['token-endpoint.cors', []]
])('%s: the app can %j', (cause, offers) => {
	expect(fixOffers({ cause, facts: {} })).toEqual(offers);
});

it('an alternative that the evidence names can be tried', () => {
	const facts = { alternative: 'wss://other.example.org/stream' };
	expect(fixOffers({ cause: 'websocket.upgrade-lost-in-proxy', facts })).toEqual(['try-alternative']);
	expect(fixOffers({ cause: 'websocket.unreachable', facts })).toEqual(['try-alternative']);
});
