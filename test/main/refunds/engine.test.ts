import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { DECISION, openRefundShop, type RefundShop } from '../../fixtures/refund-shop.ts';

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
    shop.till().engine.retime();
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
