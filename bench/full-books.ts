import type { PayAnswer, Settlement } from '../src/core/gateway-answer.ts';
import type { JournalDraft } from '../src/core/journal.ts';
import { fen } from '../src/core/money.ts';
import { DEFAULT_TIMINGS, type Timings } from '../src/core/payment.ts';
import { openLedger } from '../src/main/ledger/open-ledger.ts';
import { MERCHANT } from './shop.ts';

/* Books that look as if a till had sold for a long time. */

export const BENCH_AMOUNT = fen(1230);
export const UNANSWERED: PayAnswer = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } };

const SALES_A_COMMIT = 500;
const MS_A_SALE = 30_000;
/** The newest are past every deadline: nothing is waited for. */
const AN_HOUR_MS = 3_600_000;

/** Fills the ledger of a new data folder with so many sales of one payment each; `answerOf` says how each went. */
export function fillBooks(
  dataDir: string,
  sales: number,
  answerOf: (sequence: number) => PayAnswer,
  timings: Timings = DEFAULT_TIMINGS,
): void {
  let now = Date.now() - AN_HOUR_MS - sales * MS_A_SALE;
  const ledger = openLedger({ dataDir, storeId: '0001', terminalId: '01', now: () => now });
  for (let begun = 0; begun < sales; begun += SALES_A_COMMIT) {
    const drafts: JournalDraft[] = [];
    for (let sequence = begun + 1; sequence <= Math.min(begun + SALES_A_COMMIT, sales); sequence++) {
      drafts.push(...aSale(sequence, answerOf(sequence), timings));
    }
    now += SALES_A_COMMIT * MS_A_SALE;
    ledger.append(...drafts);
  }
  ledger.close();
}

export function paid(sequence: number): PayAnswer {
  return { verdict: 'PAID', settlement: settlementOf(sequence) };
}

export function outTradeNoOf(sequence: number): string {
  return `${numberOf(sequence)}-1bench`;
}

function settlementOf(sequence: number): Settlement {
  return {
    transactionId: `42000000${String(sequence).padStart(20, '0')}`,
    totalFen: BENCH_AMOUNT,
    cashFen: BENCH_AMOUNT,
    couponFen: fen(0),
    bankType: 'OTHERS',
    timeEnd: '20260102100512',
  };
}

function numberOf(sequence: number): string {
  return `0001-01-${String(sequence).padStart(6, '0')}`;
}

function aSale(sequence: number, answer: PayAnswer, timings: Timings): JournalDraft[] {
  const number = numberOf(sequence);
  const [saleId, paymentId] = [`sale-${number}`, `payment-${number}`];
  const amountFen = BENCH_AMOUNT;
  const gateway = `wechat-v2:${MERCHANT.mchId}`;
  return [
    { kind: 'sale.opened', subject: saleId, payload: { number, sequence, amountFen } },
    {
      kind: 'payment.submitted',
      subject: paymentId,
      payload: {
        ...{ saleId, outTradeNo: outTradeNoOf(sequence), amountFen, gateway, attempt: 1 },
        codeHash: `hash-${number}`,
        timings,
      },
    },
    { kind: 'payment.answered', subject: paymentId, payload: { answer } },
  ];
}
