/* What can be said of something that was caught: anything can be thrown. */

/** Its own words. */
export function wordsOf(caught: unknown): string {
  return caught instanceof Error ? caught.message : String(caught);
}

/** The system's or SQLite's code, such as ENOENT or SQLITE_FULL; empty when it has none. */
export function codeOf(caught: unknown): string {
  return caught instanceof Error && 'code' in caught ? String(caught.code) : '';
}
