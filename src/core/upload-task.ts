import { fen } from './money.ts';
import { type Task, type TaskKind, taskId } from './task-kind.ts';
import type { Upload } from './upload.ts';
import { complaint } from './upload-answer.ts';

/** A report that the back office is owed. Any row may make one owed: what is reported is upload-outcome.ts's to say. */
export const uploadTask: TaskKind = {
  kind: 'upload',
  rows: '',
  after: (task, _entry, { upload }) => (upload === undefined ? task : taskOfUpload(upload)),
};

/** The report as the queue has it. No money hangs on it: whatever it tells of is certain already. */
export function taskOfUpload({ id, at, nextAt, attempts, lastAnswer, state }: Upload): Task {
  const lastError = lastAnswer && complaint(lastAnswer);
  return {
    id: taskId('upload', id),
    kind: 'upload',
    subject: id,
    amountFen: fen(0),
    createdAt: at,
    ...(state === 'open' ? { notBefore: nextAt } : {}),
    attempts,
    ...(lastError === undefined ? {} : { lastError }),
    state,
  };
}
