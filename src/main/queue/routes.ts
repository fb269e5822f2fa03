import { implement } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { TerminalParts } from '../terminal-parts.ts';

/** The contract's `queue`. */
export function queueRoutes({ queue, topics }: Pick<TerminalParts, 'queue' | 'topics'>) {
  const os = implement(contract.queue);
  return {
    watch: os.watch.handler(({ signal }) => topics.queue.watch(signal)),
    tryNow: os.tryNow.handler(({ input, errors }) => {
      const started = queue.tryNow(input.taskId);
      if (started === undefined) throw errors.NO_SUCH_TASK();
      return { started };
    }),
    giveUp: os.giveUp.handler(({ input: { taskId, manager, reason }, errors }) => {
      const refusal = written(() => queue.giveUp(taskId, { manager, why: reason }));
      if (refusal !== undefined) throw errors[refusal]();
      return { givenUp: true as const };
    }),
  };
}

function written<T>(act: () => T): T | 'LEDGER_UNWRITABLE' {
  try {
    return act();
  } catch (error) {
    if (error instanceof LedgerError) return 'LEDGER_UNWRITABLE';
    throw error;
  }
}
