import { implement } from '@orpc/server';
import { contract } from '../../src/contract/index.ts';
import type { RefundView, SaleRow, SaleStory } from '../../src/contract/types.ts';
import { fen } from '../../src/core/money.ts';
import type { RefundRefusal } from '../../src/core/refund-rules.ts';

/** Refunds of the fake terminal: what is asked for is written down, what a story says of them is what the test says. */
export function fakeRefunds(calls: string[]) {
  let refunds: readonly RefundView[] = [];
  let refusal: RefundRefusal | undefined;
  const os = implement(contract.refunds);
  return {
    routes: {
      request: os.request.handler(({ input: { saleId, amountFen, manager, reason, refundId }, errors }) => {
        calls.push(`refund ${saleId} ${amountFen} ${manager}: ${reason} #${refundId}`);
        if (refusal) throw errors.NOT_REFUNDABLE({ data: { refusal } });
        return { requested: true as const };
      }),
      takeBack: os.takeBack.handler(({ input: { taskId, manager, reason } }) => {
        calls.push(`takeBack ${taskId} ${manager}: ${reason}`);
        return { requested: true as const };
      }),
      findSale: os.findSale.handler(({ input: { code }, errors }) => {
        calls.push(`findSale ${code}`);
        if (code !== '0001-01-000042') throw errors.NO_SUCH_SALE();
        return { saleId: 'sale-42' };
      }),
    },
    show(views: readonly RefundView[], refuse?: RefundRefusal): void {
      refunds = views;
      refusal = refuse;
    },
    ofStory(sale: SaleRow): Pick<SaleStory, 'refunds' | 'refundable'> {
      if (sale.phase !== 'paid' || sale.tender === 'static') return { refunds: [] };
      const held = refunds.reduce((sum, { phase, amountFen }) => sum + (phase === 'givenUp' ? 0 : amountFen), 0);
      const tender = sale.tender ?? 'wechat';
      return {
        refunds: [...refunds],
        refundable: { tender, paidFen: sale.amountFen, leftFen: fen(sale.amountFen - held) },
      };
    },
  };
}

export function aRefund(phase: RefundView['phase'], more: Partial<RefundView> = {}): RefundView {
  return {
    refundId: `refund-${phase}`,
    tender: 'wechat',
    amountFen: fen(500),
    phase,
    requestedAt: Date.UTC(2026, 0, 2, 3, 5, 11),
    outRefundNo: '0001-01-000042-12k7q-r1ab12',
    manager: '王店长',
    why: '商品有问题',
    ...more,
  };
}
