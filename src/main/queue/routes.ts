import { implement } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import { written } from '../ledger/written.ts';
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
