import { setTimeout as sleep } from 'node:timers/promises';
import { lockHolder } from '../ledger/lock.ts';
import { Trouble } from '../trouble.ts';
import { readOwed } from './leave.ts';
import { sayWhatIsOwed } from './leaving-words.ts';
import type { Output } from './output.ts';

export interface StopCommand {
  readonly dataDir: string;
  /** Also while something is not settled. */
  readonly yes: boolean;
}

const LOOK_MS = 50;
/** A till closes within a second or two; one that asks its cashier first waits for a person. */
const PATIENCE_MS = 60_000;

/**
 * `saoma stop`: tells the till on this folder to close, and waits until it has.
 *
 * @returns the exit status: 0 when no till runs any more, 1 when it was left running because of what is not settled.
 */
export async function stop({ dataDir, yes }: StopCommand, output: Output): Promise<number> {
  const { language } = output;
  const pid = lockHolder(dataDir);
  if (pid === undefined) {
    output.emit({ event: 'stopped', wasRunning: false });
    output.say(language === 'zh' ? '收银程序没有在运行。' : 'No till is running.');
    return 0;
  }
  if (sayWhatIsOwed('close', readOwed(dataDir), output) && !yes) {
    output.say(
      language === 'zh' ? '没有关闭。仍要关闭就加 --yes。' : 'It was not stopped. To stop it all the same, add --yes.',
    );
    return 1;
  }
  process.kill(pid, 'SIGTERM');
  for (let waitedMs = 0; lockHolder(dataDir) === pid; waitedMs += LOOK_MS) {
    if (waitedMs >= PATIENCE_MS) throw new Trouble('STILL_RUNNING', `process ${pid}`);
    await sleep(LOOK_MS);
  }
  output.emit({ event: 'stopped', wasRunning: true });
  output.say(language === 'zh' ? '收银程序已关闭。' : 'The till has closed.');
  return 0;
}
