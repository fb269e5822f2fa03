import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../../src/core/caught.ts';
import { isSettled, nextStep, type Payment } from '../../src/core/payment.ts';
import type { Receipt } from '../../src/core/receipt.ts';
import { LEDGER_FILE, type Ledger, openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../src/main/ledger/verify.ts';
import { scenarioById } from '../../src/simulator/behaviour/scenarios.ts';
import type { Ledger as Truth } from '../../src/simulator/ledger/ledger.ts';
import type { SimOrder } from '../../src/simulator/ledger/order.ts';
import type { Service } from '../../src/simulator/service.ts';

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
}

/** Compares what the till believes with what the simulator knows, to the fen, all along and at the end. */
export function createInspector({ truth, service, now, codes }: InspectorOptions) {
  const problems = new Map<string, Problem>();
  /** Originals that lie on the counter, by out_trade_no. */
  const papers = new Map<string, number>();

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
      const paidFen = ledger.paidBetween(0, Number.MAX_SAFE_INTEGER).amountFen;
      const openFen = ledger.paymentsOwed().reduce((sum, { outTradeNo }) => sum + keptOf(orderOf(outTradeNo)), 0);
      const heldFen = truth.books().netFen;
      if (heldFen !== paidFen + openFen) {
        report('the balance', `${heldFen} fen are held there; here ${paidFen} are paid and ${openFen} open`);
      }
    },

    /**
     * At the end, long after everything healed: each payment, each order, each number, each row.
     *
     * @returns the journal's last hash
     */
    finish(dataDir: string, verify: boolean): string {
      truth.settle(now());
      for (const { kind, outTradeNo, detail } of service.violations()) report(outTradeNo, `${kind}: ${detail}`);
      const db = openLedgerReadOnly(dataDir);
      try {
        const payments = db
          .prepare<[], { data: string }>('SELECT data FROM payment')
          .all()
          .map(({ data }) => JSON.parse(data) as Payment);
        for (const payment of payments) checkFinal(payment);
        checkSales(payments);
        checkStrangers(payments);
        if (verify) for (const problem of verifyLedger(db).problems) report('the ledger', problem);
        for (const code of codesIn(dataDir)) if (codes.has(code)) report('the files', 'a payment code is in them');
        return String(db.prepare('SELECT hash FROM journal ORDER BY seq DESC LIMIT 1').pluck().get());
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

  function checkSales(payments: readonly Payment[]): void {
    for (const [saleId, attempts] of Map.groupBy(payments, (payment) => payment.saleId)) {
      const held = attempts.filter(({ outTradeNo }) => keptOf(orderOf(outTradeNo)) > 0);
      if (held.length > 1) report(held.at(-1)?.outTradeNo ?? saleId, `its sale holds ${held.length} charges`);
    }
  }

  function checkStrangers(payments: readonly Payment[]): void {
    const known = new Set(payments.map(({ outTradeNo }) => outTradeNo));
    for (const { outTradeNo } of truth.orders()) if (!known.has(outTradeNo)) report(outTradeNo, 'not in the books');
  }
}

function keptOf(order: SimOrder | undefined): number {
  return order === undefined ? 0 : order.chargedFen - order.returnedFen;
}

/** Every run of 18 digits in the ledger's files that could be a payment code. */
function codesIn(dataDir: string): Set<string> {
  const found = new Set<string>();
  for (const file of [LEDGER_FILE, `${LEDGER_FILE}-wal`]) {
    const bytes = readIfThere(join(dataDir, file));
    // A look ahead, so that runs longer than a code are searched at each of their places.
    for (const [, code = ''] of bytes.matchAll(/(?=(1[0-5]\d{16}))/g)) found.add(code);
  }
  return found;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
