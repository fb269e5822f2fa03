import { LedgerError } from './errors.ts';

/** What the act returns, or that the books could not be written: nothing of it has happened then. */
export function written<T>(act: () => T): T | 'LEDGER_UNWRITABLE' {
  try {
    return act();
  } catch (error) {
    if (error instanceof LedgerError) return 'LEDGER_UNWRITABLE';
    throw error;
  }
}
