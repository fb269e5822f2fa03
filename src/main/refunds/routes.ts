import { implement } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import { written } from '../ledger/written.ts';
import { saleIdOf } from '../sales/order-look-ups.ts';
import type { TerminalParts } from '../terminal-parts.ts';

/** The contract's `refunds`. */
export function refundRoutes({ refunds, ledger }: Pick<TerminalParts, 'refunds' | 'ledger'>) {
  const os = implement(contract.refunds);
  return {
    request: os.request.handler(({ input: { saleId, refundId, amountFen, manager, reason }, errors }) => {
      if (!ledger.sale(saleId)) throw errors.NO_SUCH_SALE();
      const decision = { manager, why: reason };
      const refusal = written(() => refunds.refund({ refundId, saleId, amountFen, decision }));
      if (refusal === 'LEDGER_UNWRITABLE') throw errors.LEDGER_UNWRITABLE();
      if (refusal !== undefined) throw errors.NOT_REFUNDABLE({ data: { refusal } });
      return { requested: true as const };
    }),
    takeBack: os.takeBack.handler(({ input: { taskId, refundId, manager, reason }, errors }) => {
      const task = ledger.task(taskId);
      if (task?.kind !== 'resolve') throw errors.NO_SUCH_TASK();
      const decision = { manager, why: reason };
      const done = written(() => refunds.takeBack(task.subject, { refundId, decision }));
      if (done === 'LEDGER_UNWRITABLE') throw errors.LEDGER_UNWRITABLE();
      if (!done) throw errors.NOT_FOR_A_PERSON();
      return { requested: true as const };
    }),
    findSale: os.findSale.handler(({ input: { code }, errors }) => {
      const saleId = saleIdOf(ledger, code);
      if (saleId === undefined) throw errors.NO_SUCH_SALE();
      return { saleId };
    }),
  };
}
