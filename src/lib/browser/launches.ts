interface LaunchQueue {
	setConsumer(consumer: (launch: { readonly targetURL?: string | null }) => void): void;
}

/**
 * Hands out the addresses with which the installed phone is opened while it is open already: a tel: link, a shortcut. The
 * browser then shows this page instead of loading it anew, which would end a call. Nothing where the browser has no such way.
 */
export function watchLaunches(window: Window, base: string, onLaunch: (address: URL) => void): void {
	const { launchQueue } = window as { readonly launchQueue?: LaunchQueue };
	/** The first launch is the one that has loaded this page. */
	let opened: string | undefined = window.location.href;
	launchQueue?.setConsumer(({ targetURL }) => {
		const isOwn = targetURL === opened;
		opened = undefined;
		if (targetURL && !isOwn && targetURL.startsWith(base)) onLaunch(new URL(targetURL));
	});
}
