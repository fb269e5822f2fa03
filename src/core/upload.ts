import { unreachable } from './assert.ts';
import type { JournalEntry } from './journal.ts';
import type { TaskState } from './task-kind.ts';
import type { UploadAnswer } from './upload-answer.ts';
import type { UploadEntry } from './upload-journal.ts';
import type { Outcome, UploadEvent } from './upload-outcome.ts';

/*
 * One report to the shop's own back office: one outcome, told at least once, under a key that never changes. Pure: it
 * is what the journal's rows make of it.
 */

export interface Upload {
  /** Its idempotency key: "payment.paid:01J…". Also after a restore, the same outcome has the same key. */
  readonly id: string;
  readonly event: UploadEvent;
  /** The payment, cash … that it tells of. */
  readonly subject: string;
  /** The sale or shift that it belongs to: a report waits for those before it. */
  readonly lane: string;
  /** The journal row that made it so: what is told is how things stood there. */
  readonly seq: number;
  /** When that was, epoch milliseconds, as all times here. */
  readonly at: number;
  readonly attempts: number;
  /** Not tried sooner by itself. */
  readonly nextAt: number;
  readonly lastAnswer?: UploadAnswer;
  readonly state: TaskState;
}

export function isUploadEntry(entry: JournalEntry): entry is UploadEntry {
  return entry.kind === 'upload.answered' || entry.kind === 'upload.givenUp';
}

/** The report that an outcome makes owed. */
export function owedUpload({ event, lane }: Outcome, { subject, seq, at }: JournalEntry): Upload {
  return { id: `${event}:${subject}`, event, subject, lane, seq, at, attempts: 0, nextAt: at, state: 'open' };
}

export function foldUpload(upload: Upload, entry: UploadEntry): Upload {
  switch (entry.kind) {
    case 'upload.answered': {
      const { answer, waitMs } = entry.payload;
      const attempts = upload.attempts + 1;
      const state = stateAfter(upload.state, answer);
      return { ...upload, attempts, nextAt: entry.at + waitMs, lastAnswer: answer, state };
    }
    case 'upload.givenUp':
      return upload.state === 'human' ? { ...upload, state: 'given_up' } : upload;
    default:
      return unreachable(entry);
  }
}

/** What has arrived stays done, and nothing but its arrival moves one that was given up. */
function stateAfter(state: TaskState, { verdict }: UploadAnswer): TaskState {
  if (verdict === 'DELIVERED' || state === 'done') return 'done';
  if (state === 'given_up') return state;
  return verdict === 'REFUSED' ? 'human' : 'open';
}
