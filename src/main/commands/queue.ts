import { createOfflineQueries } from '../ledger/offline-queries.ts';
import { openPresentBooks } from '../ledger/present-books.ts';
import { createQueries } from '../ledger/queries.ts';
import { createTaskQueries } from '../ledger/tasks.ts';
import { createUploadQueries } from '../ledger/uploads.ts';
import { queueView } from '../queue/view.ts';
import type { Output } from './output.ts';
import { isAllSettled, queueAnswer, taskLine } from './queue-words.ts';
import { uploadsLine } from './upload-words.ts';

/**
 * `saoma queue`: what is still owed, read beside a till that may be running.
 *
 * @returns the exit status: 0 when all is settled, 1 when not.
 */
export function queue(dataDir: string, output: Output): number {
  const db = openPresentBooks(dataDir);
  try {
    const books = {
      ...createQueries(db),
      ...createTaskQueries(db),
      ...createOfflineQueries(db),
      ...createUploadQueries(db),
    };
    // One read transaction, so that the sum and the list are of one moment.
    const view = db.transaction(() => queueView(books))();
    const settled = isAllSettled(view);
    const now = Date.now();
    output.emit({ event: 'queue', settled, ...view });
    output.say(queueAnswer(view, now, output.language));
    for (const task of view.tasks) output.say(taskLine(task, now, output.language));
    if (view.uploads) output.say(uploadsLine(view.uploads, now, output.language));
    return settled ? 0 : 1;
  } finally {
    db.close();
  }
}
