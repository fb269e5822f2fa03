import type { QueueView } from '../../contract/types.ts';
import { createTerminal, type Terminal } from '../terminal.ts';
import type { Output } from './output.ts';
import { createProgressBar } from './progress-bar.ts';
import { isAllSettled, queueAnswer } from './queue-words.ts';
import { untilToldToEnd } from './until-told.ts';
import { uploadsLine } from './upload-words.ts';

export interface SyncOptions {
  readonly dataDir: string;
  /** After this the rest is left to the next start. */
  readonly timeoutSeconds: number;
}

const LOOK_MS = 100;

/**
 * `saoma sync`: works off the queue now, without a screen, a scanner or a printer. Reports to the back office are sent,
 * too; the answer and the exit status are about money.
 *
 * @returns the exit status: 0 only when all is settled.
 * @throws Trouble DATA_IN_USE while a till runs on the same folder: that one works off its queue by itself.
 */
export async function sync({ dataDir, timeoutSeconds }: SyncOptions, output: Output): Promise<number> {
  const terminal = await createTerminal({ dataDir, host: 'none', scanner: 'none', printer: 'none' });
  try {
    const view = await drained(terminal, timeoutSeconds * 1_000, showProgress(output));
    const settled = isAllSettled(view);
    const { count, amountFen, humanCount, toVerify, uploads } = view;
    const more = { ...(toVerify ? { toVerify } : {}), ...(uploads ? { uploads } : {}) };
    output.emit({ event: 'done', settled, count, amountFen, humanCount, ...more });
    output.say(queueAnswer(view, Date.now(), output.language));
    if (humanCount > 0) output.say(FOR_A_PERSON[output.language](humanCount));
    if (uploads) output.say(uploadsLine(uploads, Date.now(), output.language));
    return settled ? 0 : 1;
  } finally {
    await terminal.close();
  }
}

const FOR_A_PERSON = {
  zh: (count: number) => `其中 ${count} 笔要店长处理：打开收银程序，点上方的“未结清”。`,
  en: (count: number) => `${count} of them need a manager: open the till and press “not settled” at the top.`,
};

/** The queue when nothing is left that a machine can do, or the time is over, or somebody ends it. */
async function drained(
  { queue: look, isUploading }: Pick<Terminal, 'queue' | 'isUploading'>,
  timeoutMs: number,
  show: (view: QueueView) => void,
): Promise<QueueView> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearInterval(looking);
      clearTimeout(patience);
      resolve(look());
    };
    const looking = setInterval(() => {
      const view = look();
      show(view);
      if (!isWorking(view, Date.now()) && !isUploading()) end();
    }, LOOK_MS);
    const patience = setTimeout(end, timeoutMs);
    void untilToldToEnd().then(end);
  });
}

/** One that waits for a person is looked at once more at each start: until that is done it is worked on, too. */
function isWorking({ tasks }: QueueView, now: number): boolean {
  return tasks.some(
    ({ amountFen, state, notBefore }) =>
      amountFen > 0 && (state === 'open' || (notBefore ?? Number.POSITIVE_INFINITY) <= now),
  );
}

function showProgress(output: Output): (view: QueueView) => void {
  const bar = createProgressBar(output);
  let total = 0;
  return ({ count }) => {
    total = Math.max(total, count);
    bar.show(total - count, total);
  };
}
