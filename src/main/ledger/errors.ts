import { codeOf } from '../../core/caught.ts';

/** Why a ledger cannot be opened or written. The words for people are in main/trouble.ts. */
export type LedgerErrorCode =
  | 'IN_USE'
  | 'NEWER_VERSION'
  | 'DAMAGED'
  | 'UNREADABLE'
  | 'UNWRITABLE'
  | 'DISK_FULL'
  | 'OTHER_TERMINAL';

export class LedgerError extends Error {
  override name = 'LedgerError';
  readonly code: LedgerErrorCode;
  readonly path: string;
  readonly detail: string;

  constructor(code: LedgerErrorCode, path: string, detail: string) {
    super(`${code}: ${path}: ${detail}`);
    this.code = code;
    this.path = path;
    this.detail = detail;
  }
}

/** SQLite's own trouble in our words; anything else is a bug and stays as it is. */
export function ledgerErrorOf(error: unknown, path: string): unknown {
  if (error instanceof LedgerError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new LedgerError('DISK_FULL', path, error.message);
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') return new LedgerError('IN_USE', path, error.message);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new LedgerError('DAMAGED', path, error.message);
  }
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY') || code === 'EROFS') {
    return new LedgerError('UNWRITABLE', path, error.message);
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'EACCES' || code === 'EPERM' || code === 'ENOTDIR') {
    return new LedgerError('UNREADABLE', path, error.message);
  }
  return error;
}
