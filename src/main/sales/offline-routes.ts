import { implement } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import type { LookUpResult, Notice } from '../../contract/types.ts';
import type { Verdict } from '../../core/static-proof.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { TerminalParts } from '../terminal-parts.ts';

/** The contract's `offline`. */
export function offlineRoutes(parts: Pick<TerminalParts, 'ledger' | 'till' | 'topics' | 'lookUps'>) {
  const { ledger, till, topics, lookUps } = parts;
  const os = implement(contract.offline);

  /** Whatever is owed to certainty can be asked about by number: what comes of it depends on the task's kind. */
  async function ask(taskId: string, transactionId: string): Promise<LookUpResult | undefined> {
    const task = ledger.task(taskId);
    if (task?.state !== 'open' && task?.state !== 'human') return undefined;
    if (task.kind === 'verify') {
      const verdict = await lookUps.prove(task.subject, transactionId);
      return verdict && resultOf(verdict);
    }
    if (task.kind !== 'resolve') return undefined;
    const finding = await lookUps.explain(task.subject, transactionId);
    return finding && { proven: false, finding };
  }

  return {
    hold: os.hold.handler(({ input }) => acceptance(till.hold(input.amountFen, input.label))),
    resume: os.resume.handler(({ input, errors }) => {
      const refusal = till.resume(input.saleId);
      if (refusal !== undefined) throw errors[refusal]();
      return till.view();
    }),
    discard: os.discard.handler(async ({ input, errors }) => {
      const discarded = await written(() => till.discard(input.saleId));
      if (discarded === 'LEDGER_UNWRITABLE') throw errors.LEDGER_UNWRITABLE();
      if (!discarded) throw errors.NO_SUCH_HELD();
      topics.publishBooks();
      return till.view();
    }),
    acceptStatic: os.acceptStatic.handler(({ input: { amountFen, manager, seen, transactionId } }) =>
      acceptance(till.acceptStatic({ amountFen, approval: { manager, why: seen }, transactionId })),
    ),
    lookUp: os.lookUp.handler(async ({ input, errors }) => {
      const result = await written(() => ask(input.taskId, input.transactionId));
      if (result === 'LEDGER_UNWRITABLE') throw errors.LEDGER_UNWRITABLE();
      if (result === undefined) throw errors.NO_SUCH_TASK();
      return result;
    }),
  };
}

function resultOf(verdict: Verdict): LookUpResult {
  return 'proof' in verdict ? { proven: true } : { proven: false, finding: verdict.finding };
}

function acceptance(notice: Notice | undefined): { accepted: boolean; notice?: Notice } {
  return notice === undefined ? { accepted: true } : { accepted: false, notice };
}

async function written<T>(act: () => T | Promise<T>): Promise<T | 'LEDGER_UNWRITABLE'> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof LedgerError) return 'LEDGER_UNWRITABLE';
    throw error;
  }
}
