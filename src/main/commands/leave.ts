import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LeavingReason, MoneyOwed } from '../../core/leaving.ts';
import { createMoneyOwedQuery } from '../ledger/money-owed.ts';
import { LEDGER_FILE, openLedgerReadOnly } from '../ledger/open-ledger.ts';
import { sayWhatIsOwed } from './leaving-words.ts';
import type { Output } from './output.ts';

export interface LeaveCommand {
  readonly dataDir: string;
  readonly reason: LeavingReason;
}

/**
 * `saoma leave`: what an installer asks before it replaces the program, or a script before it stops it. Reads beside
 * a till that may be running.
 *
 * @returns the exit status: 0 when nothing stands in the way, 1 with the warning when something does.
 */
export function leave({ dataDir, reason }: LeaveCommand, output: Output): number {
  // A till that was never started has nothing that could be lost: a first installation is not held up.
  if (existsSync(join(dataDir, LEDGER_FILE)) && sayWhatIsOwed(reason, readOwed(dataDir), output)) return 1;
  output.emit({ event: 'leaving', for: reason, settled: true, count: 0, amountFen: 0 });
  output.say(output.language === 'zh' ? '全部结清，可以离开。' : 'All settled: nothing stands in the way.');
  return 0;
}

/** @throws LedgerError when the books are there and cannot be read: that is no leave to go. */
export function readOwed(dataDir: string): MoneyOwed {
  const db = openLedgerReadOnly(dataDir);
  try {
    return createMoneyOwedQuery(db).moneyOwed();
  } finally {
    db.close();
  }
}
