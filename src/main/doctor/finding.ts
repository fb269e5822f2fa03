import type { Language } from '../trouble.ts';

export type Said = Readonly<Record<Language, string>>;

/** What one look found. `warn`: selling works without it. `fail`: it does not. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'fail';
  readonly says: Said;
  readonly mend?: Said;
}

export function ok(zh: string, en = zh): Finding {
  return { state: 'ok', says: { zh, en } };
}

export function trouble(state: 'warn' | 'fail', says: Said, mend: Said): Finding {
  return { state, says, mend };
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
