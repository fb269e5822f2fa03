import type { JournalEntry } from './journal.ts';
import type { Decision } from './payment.ts';
import type { UploadAnswer } from './upload-answer.ts';

/** What the journal says of reports to the back office. `subject`: the report's key; of the first two, the terminal. */
export type UploadDraft =
  /** The cursor: what becomes certain from here on is reported, nothing from before. */
  | UploadRow<'upload.started', { readonly host: string }>
  /** Nothing more is reported from here on. What was owed until then stays owed. */
  | UploadRow<'upload.stopped', Record<string, never>>
  /** `waitMs`: not tried again sooner. Drawn by chance, so it is written down: a rebuild draws nothing. */
  | UploadRow<'upload.answered', { readonly answer: UploadAnswer; readonly waitMs: number }>
  | UploadRow<'upload.givenUp', { readonly decision: Decision }>;

interface UploadRow<K extends string, P> {
  readonly kind: K;
  readonly subject: string;
  readonly payload: P;
}

/** The rows about one report. */
export type UploadEntry = Extract<JournalEntry, { readonly kind: 'upload.answered' | 'upload.givenUp' }>;
