/** The browser as far as it decides whether calls can ring in the background. */
export interface AskedBrowser {
	readonly maxTouchPoints: number;
	/** Only Apple's mobile browsers have it. */
	readonly standalone?: boolean;
	/** Only Chromium says. */
	readonly userAgentData?: { readonly mobile?: boolean; readonly platform?: string };
	readonly userAgent: string;
}

/**
 * Which system decides over a page in the background. Nothing in the DOM tells what a system does with hidden pages, so this
 * is the one place that asks what it runs on; used for words alone.
 */
export function groundOf(browser: AskedBrowser): 'desktop' | 'android' | 'ios' {
	if (browser.standalone !== undefined && browser.maxTouchPoints > 1) return 'ios';
	const { userAgentData } = browser;
	if (userAgentData)
		return userAgentData.mobile || userAgentData.platform === 'Android' ? 'android' : 'desktop';
	return /Android/.test(browser.userAgent) ? 'android' : 'desktop';
}
