/** Below this nobody hears anything, dBFS. */
const FLOOR = -60;

/** A level as a share of what can be shown, 0 to 1. */
export const levelShare = (dbfs: number): number => Math.min(1, Math.max(0, (dbfs - FLOOR) / -FLOOR));
