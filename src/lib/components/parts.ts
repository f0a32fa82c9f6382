import type { Parts } from '#lib/state/parts.ts';
import CallerId from './CallerId.svelte';
import CallBar from './CallBar.svelte';
import CallView from './CallView.svelte';
import ClosedPad from './ClosedPad.svelte';
import IncomingBanner from './IncomingBanner.svelte';
import IncomingCall from './IncomingCall.svelte';
import LinesSheet from './LinesSheet.svelte';
import MissedCount from './MissedCount.svelte';
import Notices from './Notices.svelte';
import Objection from './Objection.svelte';
import OtherTab from './OtherTab.svelte';
import Recents from './Recents.svelte';
import SetupCard from './SetupCard.svelte';

/** One chunk, brought after the first paint. */
export const parts: Parts = {
	CallView,
	CallBar,
	CallerId,
	ClosedPad,
	IncomingCall,
	IncomingBanner,
	LinesSheet,
	MissedCount,
	Notices,
	Objection,
	OtherTab,
	Recents,
	SetupCard
};
