import type { Router } from '@orpc/server';
import type { Contract } from '../contract/index.ts';

/** The contract, implemented: what either host serves to its screens. */
export type TerminalRouter = Router<Contract, Record<never, never>>;

export interface Terminal {
  readonly router: TerminalRouter;
  /** What is unsettled right now, for a host that is asked to close. */
  unsettled(): { readonly count: number; readonly amountFen: number };
  close(): Promise<void>;
}
