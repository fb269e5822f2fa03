import type { UploadAnswer } from '../../core/upload-answer.ts';
import { officeWaitMs } from './backoff.ts';
import type { Posted } from './post-once.ts';

/** A few refusals are about the reports; more in a row are about the address, the key, or the back office itself. */
const REFUSALS_BEARABLE = 2;

export type OfficeState = ReturnType<typeof createOfficeState>;

/**
 * How the back office has fared of late. It remembers nothing across a restart: the first report finds out again.
 *
 * @param onChange when it begins to fail, with why, and when it is well again.
 */
export function createOfficeState(random: () => number, onChange: (trouble: string | undefined) => void) {
  let inARow = 0;
  let pause: { readonly from: number; readonly until: number } | undefined;

  /** Of the pause. A clock that was set back since must not make it longer. */
  function msLeft(now: number): number {
    return pause === undefined || now < pause.from ? 0 : Math.max(0, pause.until - now);
  }

  return {
    note({ answer, retryAfterMs = 0 }: Posted, now: number): void {
      if (answer.verdict === 'DELIVERED') {
        if (pause !== undefined) onChange(undefined);
        inARow = 0;
        pause = undefined;
        return;
      }
      inARow++;
      if (answer.verdict === 'REFUSED' && inARow <= REFUSALS_BEARABLE) return;
      if (pause === undefined) onChange(troubleOf(answer));
      pause = { from: now, until: now + Math.max(officeWaitMs(inARow, random()), retryAfterMs) };
    },

    /** How many reports may be on their way at one time. */
    places(now: number, most: number): number {
      if (pause === undefined) return most;
      return msLeft(now) === 0 ? 1 : 0;
    },

    msLeft,

    /** Something has changed, a line came back say: worth one try now. */
    endPause(now: number): void {
      if (pause !== undefined) pause = { from: now, until: now };
    },
  };
}

/** Without the back office's own words, which belong to the report and not to the log. */
function troubleOf(answer: Exclude<UploadAnswer, { readonly verdict: 'DELIVERED' }>): string {
  return answer.verdict === 'REFUSED' ? `HTTP ${answer.status}` : answer.detail;
}
