import type { BilingualText } from '../../core/advice.ts';

/** What one look found. `warn`: selling works without it. `fail`: it does not. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'fail';
  readonly says: BilingualText;
  readonly mend?: BilingualText;
}

export function ok(zh: string, en = zh): Finding {
  return { state: 'ok', says: { zh, en } };
}

export function trouble(state: 'warn' | 'fail', says: BilingualText, mend: BilingualText): Finding {
  return { state, says, mend };
}
