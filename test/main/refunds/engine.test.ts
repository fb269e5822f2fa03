import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { saleStory, todaysSales } from '../../../src/main/sales/views.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { DECISION, FULL_FEN, openRefundShop, type RefundShop } from '../../fixtures/refund-shop.ts';

const MINUTE_MS = 60_000;

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let shop: RefundShop;

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  shop = openRefundShop(folder.path, clock);
});
afterEach(() => {
  shop.close();
  expect(shop.violations()).toEqual([]);
  expect(problems()).toEqual([]);
  // Nothing about money that goes back is kept anywhere but in the journal.
  rebuildLedger(folder.path);
  expect(problems()).toEqual([]);
  folder.remove();
});

function problems(): readonly string[] {
  const db = openLedgerReadOnly(folder.path);
  try {
    return verifyLedger(db).problems;
  } finally {
    db.close();
  }
}

const states = (number = 1) => shop.refunds(number).map(({ state }) => state);
const papers = (number = 1) => shop.ledger.printsOfSale(`sale-${number}`).map(({ paper }) => paper);
const refundCalls = () => shop.calls.filter((call) => call === 'refund').length;
const kept = () => shop.books().netFen;

describe('a refund of a payment on the static code', () => {
  it('is asked for by the transaction’s number, and never more than was paid', async () => {
    shop.sellOnCode(1);
    expect(shop.refund(1, FULL_FEN + 1)).toBe('MORE_THAN_LEFT');
    expect(shop.refund(1, 500)).toBeUndefined();
    expect(papers()).toEqual(['slip']);
    await clock.advance(4 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(papers()).toEqual(['slip', 'receipt']);
    const [order] = shop.orders();
    expect(shop.refunds()).toMatchObject([{ transactionId: order?.transactionId, outTradeNo: order?.outTradeNo }]);
    expect(kept()).toBe(FULL_FEN - 500);

    expect(shop.refund(1, FULL_FEN - 499)).toBe('MORE_THAN_LEFT');
    expect(shop.refund(1, FULL_FEN - 500)).toBeUndefined();
    await clock.advance(4 * MINUTE_MS);
    expect(states()).toEqual(['refunded', 'refunded']);
    expect(kept()).toBe(0);
  });

  it('is made once, though its answer is lost and the process dies', async () => {
    shop.sellOnCode(1);
    shop.weather = 'reply-lost';
    shop.refund(1, 500);
    await clock.advance(1_000);
    shop.weather = 'fine';
    shop.restart();
    await clock.advance(10 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(kept()).toBe(FULL_FEN - 500);
  });

  it('is known by its order to whoever brings news of it', () => {
    shop.sellOnCode(1);
    const [order] = shop.orders();
    expect(shop.ledger.staticByOrder(order?.outTradeNo ?? '')).toMatchObject({ amountFen: FULL_FEN, state: 'proven' });
    expect(shop.ledger.staticByOrder('another')).toBeUndefined();
  });

  it('is in the queue under its sale while it is owed', () => {
    shop.sellOnCode(1);
    shop.refund(1, 500);
    const owed = shop.ledger.tasksOpen(9).filter(({ amountFen }) => amountFen > 0);
    expect(owed).toMatchObject([{ kind: 'refund', saleNumber: '0001-01-000001', amountFen: 500 }]);
  });

  it('is refused while nothing proves the payment', () => {
    shop.sellOnCode(1, { proven: false });
    expect(shop.refund(1, 1)).toBe('NOT_PAID');
  });
});

describe('news of a refund', () => {
  it('makes the till ask now, and changes nothing by itself', async () => {
    await shop.sell(1, 'refund-slow');
    shop.refund(1, 500);
    await clock.advance(70_000);
    const asked = shop.calls.filter((call) => call === 'refundQuery').length;
    const [refund] = shop.refunds();
    expect(refund?.state).toBe('processing');
    shop.till().engine.lookNow(refund?.id ?? '');
    await clock.advance(1_000);
    expect(shop.calls.filter((call) => call === 'refundQuery')).toHaveLength(asked + 1);
    expect(refundCalls()).toBe(1);
  });

  it('makes no call for a refund before its time', async () => {
    await shop.sell(1);
    shop.weather = 'offline';
    shop.refund(1, 500);
    await clock.advance(1_000);
    const [refund] = shop.refunds();
    shop.weather = 'fine';
    expect(refund?.state).toBe('requested');
    shop.till().engine.lookNow(refund?.id ?? '');
    await clock.advance(0);
    expect(shop.calls).not.toContain('refund');
  });
});

describe('a refund', () => {
  it('is owed before anything is sent, and refunded when WeChat Pay says that it arrived', async () => {
    await shop.sell(1);
    expect(shop.refund(1, 500)).toBeUndefined();
    expect(states()).toEqual(['requested']);
    expect(papers()).toEqual(['slip']);
    expect(refundCalls()).toBe(0);
    await clock.advance(1_000);
    expect(states()).toEqual(['processing']);
    await clock.advance(3 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(papers()).toEqual(['slip', 'receipt']);
    expect(kept()).toBe(730);
  });

  it('asked for twice under one id is one', async () => {
    await shop.sell(1);
    const id = '01JH0000000000000000000001';
    expect([shop.refund(1, 500, id), shop.refund(1, 500, id)]).toEqual([undefined, undefined]);
    await clock.advance(3 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(kept()).toBe(730);
  });

  it('waits for the line, and goes when it is back', async () => {
    await shop.sell(1);
    shop.weather = 'offline';
    shop.refund(1, 1_230);
    await clock.advance(60 * MINUTE_MS);
    expect(states()).toEqual(['requested']);
    expect(shop.ledger.unsettled()).toMatchObject({ count: 1, amountFen: 1_230 });
    shop.weather = 'fine';
    shop.till().engine.hurry();
    await clock.advance(3 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(kept()).toBe(0);
  });

  it.each(['reply-lost', 'request-lost'] as const)(
    'survives when its %s: one refund, under one number',
    async (loss) => {
      await shop.sell(1);
      shop.weather = loss;
      shop.refund(1, 500);
      await clock.advance(1_000);
      expect(states()).toEqual(['looking']);
      shop.weather = 'fine';
      await clock.advance(5 * MINUTE_MS);
      expect(states()).toEqual(['refunded']);
      expect(shop.orders().map(({ refunds }) => refunds.length)).toEqual([1]);
      expect(kept()).toBe(730);
    },
  );

  it('is asked for again after SYSTEMERROR, whether or not it was accepted', async () => {
    await shop.sell(1, 'refund-lost');
    shop.refund(1, 500);
    await clock.advance(5 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(kept()).toBe(730);
  });

  it('that is killed with its call on the wire is looked up, not made anew', async () => {
    await shop.sell(1);
    shop.weather = 'hanging';
    shop.refund(1, 500);
    await clock.advance(1_000);
    expect(refundCalls()).toBe(1);
    shop.weather = 'fine';
    shop.restart();
    await clock.advance(5 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(shop.orders().map(({ refunds }) => refunds.length)).toEqual([1]);
    expect(kept()).toBe(730);
  });

  it('is told to nobody while the books cannot be written, and to everybody when they can', async () => {
    await shop.sell(1);
    shop.refund(1, 500);
    shop.diskFull = true;
    await clock.advance(MINUTE_MS);
    expect(states()).toEqual(['requested']);
    shop.diskFull = false;
    await clock.advance(5 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(() => {
      shop.diskFull = true;
      shop.refund(1, 100);
    }).toThrow(/DISK_FULL/);
    expect(shop.refunds()).toHaveLength(1);
  });

  it('never gives back more than was paid, whatever is still on its way', async () => {
    await shop.sell(1);
    shop.weather = 'offline';
    expect(shop.refund(1, 1_000)).toBeUndefined();
    expect(shop.refund(1, 231)).toBe('MORE_THAN_LEFT');
    expect(shop.refund(1, 230)).toBeUndefined();
    expect(shop.refund(1, 1)).toBe('MORE_THAN_LEFT');
  });

  it('of what another merchant number took is refused: this one would not find it', async () => {
    const [opened, submitted] = aSubmittedPayment(2);
    if (opened?.kind !== 'sale.opened' || submitted?.kind !== 'payment.submitted') throw new Error('Another draft');
    shop.ledger.append(opened, { ...submitted, payload: { ...submitted.payload, gateway: 'wechat-v2:1' } }, paid(2));
    expect(shop.refund(2, 100)).toBe('OTHER_GATEWAY');
    expect(shop.refunds(2)).toEqual([]);
  });

  it('keeps a minute between two of one order, and their sequence', async () => {
    await shop.sell(1);
    shop.weather = 'offline';
    shop.refund(1, 100);
    await clock.advance(1_000);
    shop.refund(1, 200);
    await clock.advance(1_000);
    shop.weather = 'fine';
    shop.till().engine.hurry();
    await clock.advance(30_000);
    expect(shop.orders()[0]?.refunds.map(({ refundFen }) => refundFen)).toEqual([100]);
    await clock.advance(5 * MINUTE_MS);
    expect(states()).toEqual(['refunded', 'refunded']);
    expect(shop.orders()[0]?.refunds.map(({ refundFen }) => refundFen)).toEqual([100, 200]);
  });
});

describe('a refund that needs a person', () => {
  it('says so when the balance is too low, and goes through once that is mended', async () => {
    await shop.sell(1, 'refund-no-balance');
    shop.refund(1, 500);
    await clock.advance(1_000);
    const [refund] = shop.refunds();
    expect(refund).toMatchObject({ state: 'attention', cause: 'blocked', reason: { code: 'MERCHANT_BALANCE_LOW' } });
    expect(shop.ledger.task(`refund:${refund?.id}`)).toMatchObject({ state: 'human', amountFen: 500 });
    expect(shop.ledger.tasksForPerson()).toBe(1);
    for (let time = 0; time < 2; time++) {
      expect(shop.till().engine.tryNow(refund?.id ?? '')).toBe(true);
      await clock.advance(MINUTE_MS);
    }
    await clock.advance(3 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(new Set(shop.orders()[0]?.refunds.map(({ outRefundNo }) => outRefundNo)).size).toBe(1);
  });

  it('does not wait for a day because somebody set the wall clock back by one', async () => {
    await shop.sell(1, 'refund-no-balance');
    shop.refund(1, 500);
    await clock.advance(1_000);
    expect(states()).toEqual(['attention']);
    clock.setWall(-24 * 60 * MINUTE_MS);
    shop.till().engine.replan();
    await clock.advance(15 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
  });

  it('can be ended by one: the money is free to go back another way, and is in no total', async () => {
    await shop.sell(1, 'refund-stranded');
    shop.refund(1, 500);
    await clock.advance(5 * MINUTE_MS);
    const [refund] = shop.refunds();
    expect(refund).toMatchObject({ state: 'attention', cause: 'stranded' });
    expect(shop.refund(1, 1_230)).toBe('MORE_THAN_LEFT');
    expect(shop.till().engine.giveUp(refund?.id ?? '', DECISION)).toBe(true);
    expect(states()).toEqual(['givenUp']);
    expect(shop.ledger.unsettled()).toMatchObject({ count: 0 });
    expect(shop.ledger.refundsPendingFen()).toBe(0);
    expect(kept()).toBe(1_230);
  });

  it('cannot be ended while it is merely not known yet', async () => {
    await shop.sell(1);
    shop.weather = 'request-lost';
    shop.refund(1, 500, '01JH0000000000000000000001');
    await clock.advance(1_000);
    expect(shop.till().engine.giveUp('01JH0000000000000000000001', DECISION)).toBe(false);
  });
});

describe('a wall clock that is set back', () => {
  it('by a month does not put off a refund for a month, not even one that waits for a person', async () => {
    await shop.sell(1, 'refund-no-balance');
    shop.refund(1, 500);
    await clock.advance(1_000);
    expect(shop.refunds()).toMatchObject([{ state: 'attention', cause: 'blocked' }]);
    clock.setWall(-30 * 24 * 60 * MINUTE_MS);
    shop.till().engine.replan();
    await clock.advance(15 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(kept()).toBe(730);
  });
});

describe('a payment that the gateway refuses to reverse', () => {
  const takeBack = () =>
    shop.till().desk.takeBack('payment-1', { refundId: '01JH0000000000000000000001', decision: DECISION });

  async function stuck(): Promise<void> {
    await shop.sell(1, 'reverse-refused');
    shop.till().payments.cancel('payment-1');
    await clock.advance(10 * MINUTE_MS);
    expect(shop.ledger.payment('payment-1')).toMatchObject({ state: 'attention', settlement: { totalFen: 1_230 } });
  }

  it('is given back by a refund, ends as reversed with it, and never counts as paid', async () => {
    await stuck();
    expect(takeBack()).toBe(true);
    expect(takeBack()).toBe(true);
    expect(shop.ledger.payment('payment-1')?.state).toBe('attention');
    expect(shop.ledger.task('resolve:payment-1')?.state).toBe('open');
    expect(shop.ledger.unsettled()).toMatchObject({ count: 1, amountFen: 1_230 });
    expect(shop.till().payments.giveUp('payment-1', DECISION)).toBe(false);
    await clock.advance(5 * MINUTE_MS);
    expect(states()).toEqual(['refunded']);
    expect(shop.ledger.payment('payment-1')?.state).toBe('reversed');
    expect(shop.ledger.sale('sale-1')?.state).toBe('open');
    expect(shop.ledger.unsettled()).toMatchObject({ count: 0 });
    // It was never a sale's money, so it is not taken off the sales' total either.
    expect(shop.ledger.refundedBetween(0, Number.MAX_SAFE_INTEGER)).toBe(0);
    expect(kept()).toBe(0);
  });

  it('is one sum of money while it is taken back, in every warning and every count', async () => {
    const listed = () => shop.ledger.tasksOpen(9).flatMap(({ kind, amountFen }) => (amountFen > 0 ? [kind] : []));
    await stuck();
    expect(shop.ledger.moneyOwed()).toMatchObject({ count: 1, amountFen: 1_230 });
    expect(listed()).toEqual(['resolve']);
    takeBack();
    expect(listed()).toEqual(['refund']);
    expect(shop.ledger.moneyOwed()).toMatchObject({ count: 1, amountFen: 1_230 });
    await clock.advance(5 * MINUTE_MS);
    expect(shop.ledger.moneyOwed()).toMatchObject({ count: 0, amountFen: 0 });
  });

  it('is history once the sale is paid in another way: nothing of that money has gone back', async () => {
    await stuck();
    takeBack();
    await clock.advance(5 * MINUTE_MS);
    const amounts = { amountFen: FULL_FEN, tenderedFen: FULL_FEN, changeFen: fen(0) };
    const row = () => todaysSales(shop.ledger, clock.now()).rows[0];
    expect(row()).toMatchObject({ refundedFen: FULL_FEN });
    shop.ledger.append({ kind: 'cash.received', subject: 'cash-1', payload: { saleId: 'sale-1', ...amounts } });
    const sale = shop.ledger.sale('sale-1');
    expect(row()).toMatchObject({ phase: 'paid', tender: 'cash', refundedFen: 0, refundPendingFen: 0 });
    expect(sale && saleStory(shop.ledger, sale, clock.now()).sale).toEqual(row());
  });

  it('is not called reversed while its refund is only accepted, not even after a restart', async () => {
    await stuck();
    shop.weather = 'reply-lost';
    takeBack();
    await clock.advance(1_000);
    shop.restart();
    await clock.advance(20 * MINUTE_MS);
    expect(shop.ledger.payment('payment-1')?.state).toBe('attention');
    shop.weather = 'fine';
    await clock.advance(60 * MINUTE_MS);
    expect(shop.ledger.payment('payment-1')?.state).toBe('reversed');
    expect(kept()).toBe(0);
  });

  it('waits for a person again when its refund comes to nothing, whatever the order says since', async () => {
    shop.close();
    shop = openRefundShop(folder.path, clock, { refundEnd: 'REFUNDCLOSE' });
    await stuck();
    takeBack();
    await clock.advance(5 * MINUTE_MS);
    expect(shop.refunds()).toMatchObject([{ state: 'attention', cause: 'closed' }]);
    expect(shop.till().engine.giveUp('01JH0000000000000000000001', DECISION)).toBe(true);
    await clock.advance(60 * MINUTE_MS);
    expect(shop.ledger.payment('payment-1')).toMatchObject({ state: 'attention', reason: { code: 'REFUNDED' } });
    expect(shop.ledger.task('resolve:payment-1')?.state).toBe('human');
    expect(kept()).toBe(1_230);
  });
});
