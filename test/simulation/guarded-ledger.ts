import type { JournalEntry } from '../../src/core/journal.ts';
import { LedgerError } from '../../src/main/ledger/errors.ts';
import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import { type Life, ProcessDeath } from './life.ts';
import { beforeStatement } from './statements.ts';
import type { Sky } from './weather.ts';

/** More statements than most commits have, so that each of them, and the commit itself, may be the last. */
const STATEMENTS_MAX = 12;

/**
 * The real ledger, whose disk may be full and whose process may die around any commit: before it, when nothing is
 * written; between two of its statements, when SQLite has to forget the first; or right after it, when all of it is
 * written and nobody has heard so.
 */
export function guardedLedger(
  ledger: Ledger,
  life: Life,
  sky: Sky,
  onCommit: (entries: readonly JournalEntry[]) => void,
): Ledger {
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
      const entries = beforeStatement(
        life.drawLastOf(STATEMENTS_MAX),
        () => {
          life.die('in the middle of a commit');
          throw new ProcessDeath();
        },
        () => ledger.append(...drafts),
      );
      onCommit(entries);
      life.mayDie('after a commit');
      checkAlive();
      return entries;
    },
  };
}
