import { fen } from '../../src/core/money.ts';
import type { Decision } from '../../src/core/payment.ts';
import { LedgerError } from '../../src/main/ledger/errors.ts';
import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import type { RefundEngine } from '../../src/main/refunds/engine.ts';
import type { RefundDesk, RefundWish } from '../../src/main/refunds/refund-desk.ts';
import type { StaticLookUps } from '../../src/main/sales/static-look-ups.ts';
import type { Chance } from './chance.ts';
import type { PrintedCode } from './printed-code.ts';
import type { Tally } from './tally.ts';

/** What a manager has before them, on the screen of one life of the terminal. */
export interface Office {
  readonly ledger: Ledger;
  readonly desk: RefundDesk;
  readonly refunds: Pick<RefundEngine, 'tryNow' | 'giveUp'>;
  readonly lookUps: Pick<StaticLookUps, 'prove' | 'explain' | 'tryNow' | 'disprove'>;
}

/** Refunds as whoever asked for them knows it. */
export interface Wishes {
  /** The till has said that these are owed, or done. */
  readonly certain: ReadonlyMap<string, RefundWish>;
  /** Everything that was ever asked for: what the till died of may be owed or not. */
  readonly asked: ReadonlyMap<string, RefundWish>;
}

export interface ManagerOptions {
  readonly chance: Chance;
  readonly tally: Tally;
  readonly printedCode: PrintedCode;
  /** Something was thrown where nobody waited for it. */
  readonly onRejection: (error: unknown) => void;
}

const RETURNED: Decision = { manager: '王', why: '退货' };
const SETTLED_OTHERWISE: Decision = { manager: '王', why: '现金另付' };
const NEVER_PAID: Decision = { manager: '王', why: '顾客没有付款' };
const REFUNDS_REMEMBERED = 10;

/**
 * Asks for refunds, of sales paid and unpaid, in full, in part and beyond, again and again; takes back what could not be
 * reversed; and looks for the proof of what was paid on the static code.
 */
export function createManager({ chance, tally, printedCode, onRejection }: ManagerOptions) {
  const asked = new Map<string, RefundWish>();
  const certain = new Map<string, RefundWish>();
  let count = 0;

  const newRefundId = () => `R${String(++count).padStart(6, '0')}`;

  function refund({ ledger, desk }: Office): void {
    const old = chance.happens(0.15) ? [...asked.values()].slice(-REFUNDS_REMEMBERED) : [];
    const wish = old.length > 0 ? chance.pick(old) : newWish(ledger);
    if (wish === undefined) return;
    asked.set(wish.refundId, wish);
    for (let click = chance.happens(0.1) ? 2 : 1; click > 0; click--) {
      if (desk.refund(wish) === undefined) certain.set(wish.refundId, wish);
    }
  }

  function newWish(ledger: Ledger): RefundWish | undefined {
    const saleId = tally.recentSales.length === 0 ? undefined : chance.pick(tally.recentSales);
    const sale = saleId === undefined ? undefined : ledger.sale(saleId);
    if (sale === undefined) return undefined;
    const full = sale.amountFen;
    const amountFen = fen(chance.pick([full, chance.between(1, full), chance.between(1, full), full + 1]));
    return { refundId: newRefundId(), saleId: sale.id, amountFen, decision: RETURNED };
  }

  function takeBack({ ledger, desk }: Office): void {
    for (const { id, state, saleId, amountFen } of ledger.paymentsOwed()) {
      if (state !== 'attention' || !chance.happens(0.3)) continue;
      const wish = { refundId: newRefundId(), saleId, amountFen, decision: RETURNED };
      asked.set(wish.refundId, wish);
      if (desk.takeBack(id, wish)) certain.set(wish.refundId, wish);
    }
  }

  /** What waits for a person is tried again, or ended. */
  function lookAfterRefunds({ ledger, refunds }: Office): void {
    for (const { id, state } of ledger.refundsOpen()) {
      if (chance.happens(state === 'attention' ? 0.5 : 0.05)) refunds.tryNow(id);
      if (chance.happens(0.2)) refunds.giveUp(id, SETTLED_OTHERWISE);
    }
  }

  function verify({ ledger, lookUps }: Office): void {
    for (const staticId of tally.accepted.keys()) {
      const payment = ledger.staticPayment(staticId);
      if (payment?.state !== 'accepted' || chance.happens(0.3)) continue;
      if (!printedCode.hasBeenPaid(payment.amountFen) && chance.happens(0.3)) lookUps.disprove(staticId, NEVER_PAID);
      else if (chance.happens(0.3)) lookUps.tryNow(staticId);
      else inBackground(lookUps.prove(staticId, printedCode.numberFor(payment.amountFen)));
    }
    const [doubtful] = ledger.paymentsOwed();
    if (doubtful && chance.happens(0.1)) {
      inBackground(lookUps.explain(doubtful.id, printedCode.numberFor(doubtful.amountFen)));
    }
  }

  function inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof LedgerError)) onRejection(error);
    });
  }

  return {
    wishes: { certain, asked } satisfies Wishes,

    /** One thing that a manager does. What the books could not take is said on the screen, and tried another day. */
    act(office: Office): void {
      const act = chance.pick([refund, refund, refund, refund, takeBack, lookAfterRefunds, verify, verify]);
      try {
        act(office);
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
      }
    },
  };
}
