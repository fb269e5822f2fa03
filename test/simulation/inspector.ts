import type { Database } from 'better-sqlite3';
import { wordsOf } from '../../src/core/caught.ts';
import { isSettled, nextStep, type Payment } from '../../src/core/payment.ts';
import type { Receipt } from '../../src/core/receipt.ts';
import type { Refund } from '../../src/core/refund.ts';
import type { RefundReceipt } from '../../src/core/refund-receipt.ts';
import type { StaticPayment } from '../../src/core/static-payment.ts';
import { type Ledger, openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { createRefundQueries } from '../../src/main/ledger/refunds.ts';
import { verifyLedger } from '../../src/main/ledger/verify.ts';
import { scenarioById } from '../../src/simulator/behaviour/scenarios.ts';
import type { Ledger as Truth } from '../../src/simulator/ledger/ledger.ts';
import type { SimOrder } from '../../src/simulator/ledger/order.ts';
import type { Service } from '../../src/simulator/service.ts';
import { balanceProblem } from './balance.ts';
import { type CashRow, cashProblems } from './cash-check.ts';
import type { Drawer } from './drawer.ts';
import { heldProblems } from './held-check.ts';
import type { Wishes } from './manager.ts';
import type { PrintedCode } from './printed-code.ts';
import { type Finding, overRefunded, paperProblem, refundProblems, wishProblems } from './refund-check.ts';
import { codesBelow } from './search.ts';
import type { Shelf } from './shelf.ts';
import { doubtProblems, proofProblems } from './static-check.ts';
import type { Tally } from './tally.ts';

/** Something that must never be. `about` is the out_trade_no where it is one payment's. */
export interface Problem {
  readonly about: string;
  readonly what: string;
}

export interface InspectorOptions {
  readonly truth: Truth;
  readonly service: Service;
  readonly now: () => number;
  readonly tally: Tally;
  readonly printedCode: PrintedCode;
  readonly wishes: Wishes;
  /** Every payment code that was shown. */
  readonly codes: ReadonlySet<string>;
  readonly drawer: Drawer;
  readonly shelf: Shelf;
}

/** Compares what the till believes with what the simulator knows, to the fen, all along and at the end. */
export function createInspector(options: InspectorOptions) {
  const { truth, service, now, tally, printedCode, wishes, codes, drawer, shelf } = options;
  const problems = new Map<string, Problem>();
  /** Originals that lie on the counter. */
  const papers = new Set<string>();

  function report(about: string, what: string): void {
    problems.set(`${about} ${what}`, { about, what });
  }

  function reportAll(findings: Iterable<Finding>): void {
    for (const [about, what] of findings) report(about, what);
  }

  function orderOf(outTradeNo: string): SimOrder | undefined {
    return truth.find({ outTradeNo });
  }

  function checkPaid({ outTradeNo, amountFen, settlement }: Extract<Payment, { state: 'paid' }>): void {
    const order = orderOf(outTradeNo);
    if (takenFen(order) !== amountFen) report(outTradeNo, `paid here, but ${takenFen(order)} fen were taken there`);
    else if (order?.transactionId !== settlement.transactionId) report(outTradeNo, 'paid by another transaction');
  }

  function checkPaper(about: string, kind: string, copy: number): void {
    if (copy > 0) return;
    if (papers.has(`${about} ${kind}`)) report(about, `its ${kind} was printed twice`);
    papers.add(`${about} ${kind}`);
  }

  function checkRefundPaper(paper: RefundReceipt): void {
    const { outRefundNo = '', tender, done, copy } = paper;
    const what = paperProblem(paper, truth);
    if (what !== undefined) report(outRefundNo, what);
    if (tender === 'wechat') checkPaper(outRefundNo, done ? 'receipt' : 'slip', copy);
  }

  return {
    problems: (): Problem[] => [...problems.values()],

    fault(about: string, error: unknown): void {
      report(about, `a bug: ${error instanceof Error ? (error.stack ?? error.message) : wordsOf(error)}`);
    },

    /** At each durable change of a payment: what is called paid has to be held, this very moment. */
    payment(payment: Payment): void {
      if (payment.state === 'paid') checkPaid(payment);
    },

    /** At each receipt: what is on paper has to be so, and no original lies there twice. */
    paper(receipt: Receipt | RefundReceipt): void {
      if ('done' in receipt) {
        checkRefundPaper(receipt);
        return;
      }
      const { saleNumber, copy, totalFen } = receipt;
      if (receipt.tender === 'wechat') {
        const { outTradeNo, transactionId } = receipt;
        const order = orderOf(outTradeNo);
        if (takenFen(order) !== totalFen || order?.transactionId !== transactionId) {
          report(outTradeNo, `a receipt says paid, but ${takenFen(order)} fen were taken there`);
        }
      }
      if (receipt.tender === 'static' && receipt.proven && !tally.provenBy.has(receipt.transactionId ?? '')) {
        report(saleNumber, 'a receipt says that it is proven');
      }
      checkPaper(receipt.tender === 'wechat' ? receipt.outTradeNo : saleNumber, 'receipt', copy);
    },

    /** At any moment: the money held there is what is here, nothing is proven wrongly, and nothing put aside is gone. */
    balance(ledger: Ledger): void {
      truth.settle(now());
      const what = balanceProblem(ledger, { truth, tally, printedCode });
      if (what !== undefined) report('the balance', what);
      reportAll(proofProblems(tally, printedCode));
      reportAll(heldProblems(ledger.heldSales(), tally.held, shelf));
    },

    /** When a quarter of an hour has passed without trouble: nobody waits for a payment any more but a person. */
    settled(ledger: Ledger): void {
      for (const { outTradeNo, state } of ledger.paymentsOwed()) {
        if (state !== 'attention') report(outTradeNo, `not final long after the line returned: ${state}`);
      }
    },

    /**
     * At the end, long after everything healed: each payment, each order, each number, each row, each file.
     *
     * @param folder whatever this world has left on its disk, the ledger's folder among it
     * @returns the journal's last hash
     */
    finish(dataDir: string, folder: string, verify: boolean): string {
      truth.settle(now());
      for (const { kind, outTradeNo, detail } of service.violations()) report(outTradeNo, `${kind}: ${detail}`);
      const db = openLedgerReadOnly(dataDir);
      try {
        const payments = dataOf<Payment>(db, 'payment');
        for (const payment of payments) checkFinal(payment);
        const cash = db.prepare<[], CashRow>('SELECT sale_id AS saleId, amount_fen AS amountFen FROM cash').all();
        reportAll(cashProblems(cash, drawer));
        checkSales(payments, cash);
        checkReceipts(db);
        checkStrangers(payments);
        checkRefunds(db);
        reportAll(doubtProblems(dataOf<StaticPayment>(db, 'static_payment'), tally, printedCode));
        if (verify) for (const problem of verifyLedger(db).problems) report('the ledger', problem);
        for (const code of codesBelow(folder)) if (codes.has(code)) report('the files', 'a payment code is in them');
        return String(db.prepare('SELECT hash FROM journal ORDER BY terminal_id DESC, seq DESC LIMIT 1').pluck().get());
      } finally {
        db.close();
      }
    },
  };

  function checkFinal(payment: Payment): void {
    const { outTradeNo } = payment;
    const order = orderOf(outTradeNo);
    if ((order?.charges ?? 0) > 1) report(outTradeNo, `charged ${order?.charges} times`);
    if (payment.state === 'paid') {
      checkPaid(payment);
    } else if (payment.state === 'attention') {
      // Only where the gateway truly keeps the money and refuses to give it back.
      if (scenarioById(order?.scenario ?? '')?.outcome !== 'stuck')
        report(outTradeNo, 'waits for a person, and need not');
    } else if (!isSettled(payment) || nextStep(payment) !== undefined) {
      report(outTradeNo, `not final long after the line returned: ${payment.state}`);
    } else if (keptFen(order) !== 0) {
      report(outTradeNo, `${payment.state} here, but ${keptFen(order)} fen are held there`);
    }
  }

  function checkSales(payments: readonly Payment[], cash: readonly CashRow[]): void {
    const inCash = new Set(cash.map(({ saleId }) => saleId));
    for (const [saleId, attempts] of Map.groupBy(payments, (payment) => payment.saleId)) {
      const held = attempts.filter(({ outTradeNo, state }) => state === 'paid' || keptFen(orderOf(outTradeNo)) > 0);
      const charges = held.length + (inCash.has(saleId) ? 1 : 0);
      if (charges > 1) report(held.at(-1)?.outTradeNo ?? saleId, `its sale holds ${charges} charges`);
    }
  }

  function checkRefunds(db: Database): void {
    const refunds = dataOf<Refund>(db, 'refund');
    const { cashRefundsOfSale } = createRefundQueries(db);
    const refundedSales = db.prepare<[], string>('SELECT DISTINCT sale_id FROM cash_refund').pluck().all();
    const cashBack = refundedSales.flatMap(cashRefundsOfSale);
    reportAll(refundProblems(refunds, truth));
    reportAll(overRefunded(refunds));
    reportAll(wishProblems(refunds, cashBack, wishes));
    reportAll(cashOverRefunded(db));
  }

  /** A receipt is owed in the very commit that makes a sale paid, or somebody leaves without one. */
  function checkReceipts(db: Database): void {
    const without = db
      .prepare<[], { number: string }>(
        "SELECT number FROM sale WHERE state = 'paid' AND NOT EXISTS (SELECT 1 FROM print WHERE sale_id = sale.id)",
      )
      .all();
    for (const { number } of without) report(number, 'is paid, and no receipt was ever owed');
  }

  function checkStrangers(payments: readonly Payment[]): void {
    const known = new Set(payments.map(({ outTradeNo }) => outTradeNo));
    const onCode = new Set(printedCode.orders().map(({ outTradeNo }) => outTradeNo));
    for (const { outTradeNo } of truth.orders()) {
      if (!known.has(outTradeNo) && !onCode.has(outTradeNo)) report(outTradeNo, 'not in the books');
    }
  }
}

function dataOf<T>(db: Database, table: 'payment' | 'refund' | 'static_payment'): T[] {
  return db
    .prepare<[], { data: string }>(`SELECT data FROM ${table}`)
    .all()
    .map(({ data }) => JSON.parse(data) as T);
}

/** From the drawer, too, no more goes back than came in. */
function cashOverRefunded(db: Database): Finding[] {
  return db
    .prepare<[], { saleId: string }>(
      `SELECT cash.sale_id AS saleId FROM cash JOIN cash_refund ON cash_refund.sale_id = cash.sale_id
       GROUP BY cash.id HAVING sum(refund_fen) > cash.amount_fen`,
    )
    .all()
    .map(({ saleId }) => [saleId, 'more cash was handed back than came in']);
}

/** Taken of the customer and not reversed, whatever was refunded since. */
function takenFen(order: SimOrder | undefined): number {
  return order === undefined ? 0 : order.chargedFen - order.returnedFen;
}

function keptFen(order: SimOrder | undefined): number {
  return takenFen(order) - (order?.refundedFen ?? 0);
}
