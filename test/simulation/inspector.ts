import type { Database } from 'better-sqlite3';
import { wordsOf } from '../../src/core/caught.ts';
import { isSettled, nextStep, type Payment } from '../../src/core/payment.ts';
import type { Receipt } from '../../src/core/receipt.ts';
import { type Ledger, openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../src/main/ledger/verify.ts';
import { scenarioById } from '../../src/simulator/behaviour/scenarios.ts';
import type { Ledger as Truth } from '../../src/simulator/ledger/ledger.ts';
import type { SimOrder } from '../../src/simulator/ledger/order.ts';
import type { Service } from '../../src/simulator/service.ts';
import { type CashRow, cashProblems } from './cash-check.ts';
import type { Drawer } from './drawer.ts';
import { codesBelow } from './search.ts';

/** Something that must never be. `about` is the out_trade_no where it is one payment's. */
export interface Problem {
  readonly about: string;
  readonly what: string;
}

export interface InspectorOptions {
  readonly truth: Truth;
  readonly service: Service;
  readonly now: () => number;
  /** Every payment code that was shown. */
  readonly codes: ReadonlySet<string>;
  readonly drawer: Drawer;
}

/** Compares what the till believes with what the simulator knows, to the fen, all along and at the end. */
export function createInspector({ truth, service, now, codes, drawer }: InspectorOptions) {
  const problems = new Map<string, Problem>();
  /** Originals that lie on the counter, by out_trade_no. */
  const papers = new Map<string, number>();
  const cashPapers = new Set<string>();

  function report(about: string, what: string): void {
    problems.set(`${about} ${what}`, { about, what });
  }

  function orderOf(outTradeNo: string): SimOrder | undefined {
    return truth.find({ outTradeNo });
  }

  function checkPaid({ outTradeNo, amountFen, settlement }: Extract<Payment, { state: 'paid' }>): void {
    const order = orderOf(outTradeNo);
    if (keptOf(order) !== amountFen) report(outTradeNo, `paid here, but ${keptOf(order)} fen are held there`);
    else if (order?.transactionId !== settlement.transactionId) report(outTradeNo, 'paid by another transaction');
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

    /** At each receipt: what is on paper has to be held, and no original lies there twice. */
    paper(receipt: Receipt): void {
      if (receipt.tender === 'cash') {
        if (receipt.copy > 0) return;
        if (cashPapers.has(receipt.saleNumber)) report(receipt.saleNumber, 'its receipt was printed twice');
        cashPapers.add(receipt.saleNumber);
        return;
      }
      if (receipt.tender !== 'wechat') return;
      const { outTradeNo, totalFen, transactionId, copy } = receipt;
      const order = orderOf(outTradeNo);
      if (keptOf(order) !== totalFen || order?.transactionId !== transactionId) {
        report(outTradeNo, `a receipt says paid, but ${keptOf(order)} fen are held there`);
      }
      if (copy > 0) return;
      papers.set(outTradeNo, (papers.get(outTradeNo) ?? 0) + 1);
      if (papers.get(outTradeNo) === 2) report(outTradeNo, 'its receipt was printed twice');
    },

    /** At any moment: the money held there is what is paid here and what is still open, and nothing else. */
    balance(ledger: Ledger): void {
      truth.settle(now());
      const always = [0, Number.MAX_SAFE_INTEGER] as const;
      const paidFen = ledger.paidBetween(...always).amountFen - ledger.cashBetween(...always).amountFen;
      const openFen = ledger.paymentsOwed().reduce((sum, { outTradeNo }) => sum + keptOf(orderOf(outTradeNo)), 0);
      const heldFen = truth.books().netFen;
      if (heldFen !== paidFen + openFen) {
        report('the balance', `${heldFen} fen are held there; here ${paidFen} are paid by WeChat and ${openFen} open`);
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
        const payments = db
          .prepare<[], { data: string }>('SELECT data FROM payment')
          .all()
          .map(({ data }) => JSON.parse(data) as Payment);
        for (const payment of payments) checkFinal(payment);
        const cash = db.prepare<[], CashRow>('SELECT sale_id AS saleId, amount_fen AS amountFen FROM cash').all();
        for (const [saleId, what] of cashProblems(cash, drawer)) report(saleId, what);
        checkSales(payments, cash);
        checkReceipts(db);
        checkStrangers(payments);
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
    } else if (keptOf(order) !== 0) {
      report(outTradeNo, `${payment.state} here, but ${keptOf(order)} fen are held there`);
    }
  }

  function checkSales(payments: readonly Payment[], cash: readonly CashRow[]): void {
    const inCash = new Set(cash.map(({ saleId }) => saleId));
    for (const [saleId, attempts] of Map.groupBy(payments, (payment) => payment.saleId)) {
      const held = attempts.filter(({ outTradeNo }) => keptOf(orderOf(outTradeNo)) > 0);
      const charges = held.length + (inCash.has(saleId) ? 1 : 0);
      if (charges > 1) report(held.at(-1)?.outTradeNo ?? saleId, `its sale holds ${charges} charges`);
    }
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
    for (const { outTradeNo } of truth.orders()) if (!known.has(outTradeNo)) report(outTradeNo, 'not in the books');
  }
}

function keptOf(order: SimOrder | undefined): number {
  return order === undefined ? 0 : order.chargedFen - order.returnedFen;
}
