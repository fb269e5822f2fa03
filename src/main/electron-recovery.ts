const WITHIN_MS = 5 * 60_000;
const DELAYS_MS = [200, 2_000, 10_000];

/**
 * How long to wait before a crashed page is loaded again: longer each time, and undefined when it has crashed so
 * often within five minutes that loading it again is no help.
 *
 * @param crashes the moments of all its crashes, monotonic milliseconds, the newest last.
 */
export function reloadDelayMs(crashes: readonly number[]): number | undefined {
  const newest = crashes.at(-1) ?? 0;
  const recent = crashes.filter((at) => newest - at < WITHIN_MS).length;
  return DELAYS_MS[recent - 1];
}
