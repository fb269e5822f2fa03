import { LedgerError } from '../../src/main/ledger/errors.ts';
import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import { type Life, ProcessDeath } from './life.ts';
import type { Sky } from './weather.ts';

/**
 * The real ledger, whose disk may be full and whose process may die beside any commit: before it, when nothing is
 * written, or right after it, when all of it is and nobody has heard so.
 */
export function guardedLedger(ledger: Ledger, life: Life, sky: Sky): Ledger {
  function checkAlive(): void {
    if (!life.isAlive()) throw new ProcessDeath();
  }

  return {
    ...ledger,
    append(...drafts) {
      checkAlive();
      if (sky.diskFull) throw new LedgerError('DISK_FULL', ledger.path, 'the simulated disk is full');
      life.mayDie('before a commit');
      checkAlive();
      const entries = ledger.append(...drafts);
      life.mayDie('after a commit');
      checkAlive();
      return entries;
    },
  };
}
