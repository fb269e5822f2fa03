import { type Fen, fen } from '../../src/core/money.ts';
import type { RefundGateway, RefundOrder } from '../../src/main/gateway/gateway.ts';
import type { Tampering } from './tampering.ts';
import { SHOP } from './terminal.ts';

/* Mistakes that terminals make with money that goes back. See mutants.ts. */

export const REFUND_MUTANTS: Readonly<Record<string, Tampering>> = {
  'an unanswered refund is asked for again under a new number': {
    refundGateway: (right) => ({
      ...right,
      async refund(order) {
        const answer = await right.refund(order);
        return answer.verdict === 'UNKNOWN' ? right.refund({ ...order, outRefundNo: `${order.outRefundNo}b` }) : answer;
      },
    }),
  },

  'an unanswered refund is taken for done': {
    refundGateway(right) {
      const unanswered = new Map<string, Fen>();
      return {
        ...right,
        async refund(order) {
          const answer = await right.refund(order);
          if (answer.verdict === 'UNKNOWN') unanswered.set(order.outRefundNo, order.refundFen);
          return answer;
        },
        async refundQuery(question) {
          const outRefundNo = 'outRefundNo' in question ? question.outRefundNo : '';
          const refundFen = unanswered.get(outRefundNo);
          return refundFen === undefined ? right.refundQuery(question) : foundDone(outRefundNo, refundFen);
        },
      };
    },
  },

  'a refund that was accepted is taken for done': {
    refundGateway: (right) => ({
      ...right,
      refundQuery: async (question) => withSuccess(await right.refundQuery(question)),
    }),
  },

  'an unanswered refund is taken for refused': {
    refundGateway: (right) => ({
      ...right,
      async refund(order) {
        const answer = await right.refund(order);
        return answer.verdict === 'UNKNOWN' ? { verdict: 'REFUSED', reason: { code: 'REFUND_REFUSED' } } : answer;
      },
      async refundQuery(question) {
        const answer = await right.refundQuery(question);
        return answer.verdict === 'FOUND' ? answer : { verdict: 'NOT_FOUND' };
      },
    }),
  },

  'what went back already is forgotten when more is asked for': {
    refundLedger: (right) => ({ ...right, refundsOfSale: () => [] }),
  },

  'a refund is asked for twice when its key is pressed twice': {
    refundLedger: (right) => ({ ...right, refund: () => undefined, refundsOfSale: () => [] }),
  },

  'a receipt says refunded as soon as that is asked for': {
    refundGateway: (right, { printer, clock }) => ({
      ...right,
      refund(order) {
        void printer.print(earlyReceipt(order, clock.now()));
        return right.refund(order);
      },
    }),
  },

  'a refund that nobody saw the end of is forgotten at a start': {
    refundLedger: (right) => ({ ...right, refundsOpen: () => [] }),
  },
};

type RefundQueryAnswer = Awaited<ReturnType<RefundGateway['refundQuery']>>;

function withSuccess(answer: RefundQueryAnswer): RefundQueryAnswer {
  if (answer.verdict !== 'FOUND') return answer;
  const refunds = answer.found.refunds.map((refund) => ({ ...refund, state: 'SUCCESS' as const }));
  return { ...answer, found: { ...answer.found, refunds } };
}

function foundDone(outRefundNo: string, refundFen: Fen): RefundQueryAnswer {
  const record = { outRefundNo, refundId: '50', state: 'SUCCESS', refundFen, receivedBy: '', succeededAt: '' } as const;
  return {
    verdict: 'FOUND',
    found: { transactionId: '42', outTradeNo: '', totalFen: fen(refundFen), refunds: [record], totalCount: undefined },
  };
}

function earlyReceipt({ outRefundNo, refundFen, totalFen }: RefundOrder, at: number) {
  const money = { refundFen, paidFen: totalFen };
  const who = { manager: '王', why: '退货', saleNumber: '' };
  return {
    shop: SHOP,
    simulated: true,
    tender: 'wechat',
    done: true,
    ...money,
    ...who,
    at,
    outRefundNo,
    copy: 0,
  } as const;
}
