import type { Environment } from '../types.ts';

/** Client hints of Chromium (https://wicg.github.io/ua-client-hints/). */
export interface UserAgentData {
	readonly brands?: readonly { readonly brand: string; readonly version: string }[];
	readonly platform?: string;
}

/** In this order: who pretends to be another comes before the other. */
const BROWSERS: readonly (readonly [name: string, pattern: RegExp])[] = [
	['Edge', /\bEdgA?\/([\d.]+)/],
	['Opera', /\b(?:OPR|OPX)\/([\d.]+)/],
	['Samsung Internet', /\bSamsungBrowser\/([\d.]+)/],
	['Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/],
	['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/([\d.]+)/],
	['Safari', /\bVersion\/([\d.]+).*\bSafari\//]
];
const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
	['Android', /Android ?([\d.]*)/],
	['iOS', /(?:iPhone|iPad).*? OS ([\d_]+)/],
	['ChromeOS', /\bCrOS\b/],
	['Windows', /Windows NT ([\d.]+)/],
	['macOS', /Mac OS X/],
	['Linux', /Linux/]
];
/** Browsers inside other apps, which often have neither microphone nor notifications. */
const IN_APP = /\b(FBAN|FBAV|Instagram|Line|LinkedInApp|MicroMessenger|TikTok|Snapchat|GSA|; wv)\b/;

/** Name and version as people know them, and the app that the browser lives in. */
export function browserOf(userAgent: string, data?: UserAgentData): Environment['browser'] {
	const known = BROWSERS.flatMap(([name, pattern]) => {
		const version = pattern.exec(userAgent)?.[1];
		return version === undefined ? [] : [{ name, version }];
	})[0];
	const brand = data?.brands?.find(
		(one) => !/not.?a.?brand|^chromium$/i.test(one.brand.replace(/[^\w. ]/g, ''))
	);
	const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent));
	const version = system?.[1].exec(userAgent)?.[1]?.replaceAll('_', '.') ?? '';
	const inApp = IN_APP.exec(userAgent)?.[1]?.replace('; ', '');
	return {
		name: brand?.brand.slice(0, 40) ?? known?.name ?? 'unknown',
		version: (brand?.version ?? known?.version ?? '').slice(0, 20),
		system: `${system?.[0] ?? 'unknown'} ${version}`.trim(),
		...(inApp ? { inApp } : {})
	};
}
