import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { seededRandom, seedOf } from '../../../src/core/random.ts';
import { SCENARIOS } from '../../../src/simulator/behaviour/scenarios.ts';
import { MINDS } from '../../../src/simulator/control/mind.ts';
import type { LedgerEvent } from '../../../src/simulator/ledger/events.ts';
import { createLedger, type Ledger } from '../../../src/simulator/ledger/ledger.ts';
import { netOfCustomersFen } from '../../../src/simulator/wallets/net-of-customers.ts';
import { type Counter, openCounter, PAY_FIELDS } from '../support/counter.ts';

/*
 * Random lessons: customers with little money and passers-by pay, are taken back, refunded and paid out to, over a line
 * that fails, while a trainer changes everybody's mind. After every step the books must be right from both sides.
 */

const STEPS = 250;

function keptEvents() {
  const events: LedgerEvent[] = [];
  return {
    events,
    load: () => [...events],
    append: (more: readonly LedgerEvent[]) => void events.push(...more),
    close: () => {},
  };
}

/** What a wallet must have left, told from nothing but the orders and payouts that bear its openid. */
function reckonedFen(ledger: Ledger, openid: string, toppedUpFen: number): number {
  let leftFen = toppedUpFen;
  for (const order of ledger.orders()) {
    if (order.openid !== openid || order.charges === 0) continue;
    if (order.state !== 'REVOKED') leftFen -= order.amountFen - order.couponFen;
    for (const { state, refundFen, couponFen } of order.refunds)
      if (state === 'SUCCESS') leftFen += refundFen - couponFen;
  }
  for (const { payee, state, amountFen, people } of ledger.payouts.payouts()) {
    if (payee === openid && state === 'DONE') leftFen += Math.floor(amountFen / people);
  }
  return leftFen;
}

function expectBalance({ ledger }: Counter): void {
  expect(netOfCustomersFen(ledger)).toBe(ledger.books().netFen);
  for (const { openid, toppedUpFen, balanceFen } of ledger.wallets.wallets()) {
    expect(balanceFen).toBe(reckonedFen(ledger, openid, toppedUpFen));
    expect(balanceFen).toBeGreaterThanOrEqual(0);
  }
}

function playLesson(seed: number) {
  const random = seededRandom(seedOf(`wallets ${seed}`));
  const upTo = (count: number) => Math.floor(random() * count);
  const pick = <T>(all: readonly T[]): T => all[upTo(all.length)] as T;
  const store = keptEvents();
  const refundEnd = pick(['SUCCESS', 'REFUNDCLOSE', 'CHANGE'] as const);
  const payoutEnd = pick(['DONE', 'FAILED', 'RETURNED'] as const);
  const counter = openCounter({
    store,
    random,
    signType: 'MD5',
    refundEnd,
    payouts: { end: payoutEnd },
    faults: { seed, rate: 0.2, customers: 0.2 },
    delays: { reverseNotBeforeMs: 0, closeNotBeforeMs: 0, refundGapMs: 0 },
  });
  const { control } = counter.service;
  const openids = [0, 300, 5_000].map((fenIn) => control.openWallet(`C${fenIn}`, fen(fenIn)).openid);
  const someOrder = () => counter.ledger.orders()[upTo(counter.ledger.orders().length)];
  const outcomes = new Set<string>();

  const deeds: readonly (() => void)[] = [
    () => {
      const code = control.showCode(pick(SCENARIOS).id, pick([...openids, undefined]));
      counter.pay(`T${counter.ledger.orders().length}-${upTo(99)}`, code, { total_fee: String(1 + upTo(900)) });
    },
    () => {
      const order = { ...PAY_FIELDS, total_fee: String(1 + upTo(900)), trade_type: 'NATIVE', product_id: 'p' };
      const out_trade_no = `N${counter.ledger.orders().length}`;
      counter.ask('/pay/unifiedorder', { ...order, out_trade_no, notify_url: 'http://127.0.0.1:9/' });
    },
    () => {
      const order = someOrder();
      const isWaiting = order?.placement && (order.state === 'NOTPAY' || order.state === 'PAYERROR');
      if (!isWaiting || counter.now() >= order.placement.expiresAt) return;
      control.comeToPay(order.outTradeNo, pick(SCENARIOS).id, pick([...openids, undefined]));
    },
    () => {
      const order = counter.ledger.orders().find(({ state, atPhone }) => state === 'USERPAYING' && atPhone);
      if (order && order.plan.at > counter.now()) control.tellCustomer(order.outTradeNo, pick(MINDS), 20_000);
    },
    () => void counter.reverse(someOrder()?.outTradeNo ?? 'none'),
    () => {
      const order = someOrder();
      if (order)
        counter.refund(order.outTradeNo, `R${upTo(500)}`, 1 + upTo(order.amountFen), {
          total_fee: String(order.amountFen),
        });
    },
    () => {
      const ids = {
        mch_appid: 'wxd930ea5d5a258f4f',
        mchid: '10000100',
        spbill_create_ip: '127.0.0.1',
      };
      const payout = { partner_trade_no: `P${upTo(200)}`, openid: pick(openids), check_name: 'NO_CHECK', desc: 'x' };
      counter.ask('/mmpaymkttransfers/promotion/transfers', { ...ids, ...payout, amount: String(30 + upTo(100)) });
    },
    () => {
      const people = pick([1, 3]);
      const packet = { wxappid: 'wxd930ea5d5a258f4f', mch_billno: `B${upTo(200)}`, re_openid: pick(openids) };
      const words = { send_name: 's', wishing: 'w', act_name: 'a', remark: 'r' };
      const share = { total_amount: String(300 + upTo(50)), total_num: String(people) };
      const path = people === 1 ? 'sendredpack' : 'sendgroupredpack';
      const only: Record<string, string> = people === 1 ? { client_ip: '127.0.0.1' } : { amt_type: 'ALL_RAND' };
      counter.ask(`/mmpaymkttransfers/${path}`, { ...packet, ...words, ...share, ...only });
    },
    () => void control.topUp(pick(openids), fen(upTo(500))),
  ];

  for (let step = 0; step < STEPS; step++) {
    pick(deeds)();
    counter.pass(upTo(8_000));
    counter.query('T0');
    expectBalance(counter);
  }
  counter.pass(86_400_000);
  counter.query('T0');
  for (const order of counter.ledger.orders()) outcomes.add(order.state);
  return { counter, store, outcomes };
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('a random lesson (seed %i)', (seed) => {
  it('balances after every step, leaves no wallet below nothing, and is the same when read again', () => {
    const { counter, store, outcomes } = playLesson(seed);
    expectBalance(counter);
    const families = new Set(counter.ledger.payouts.payouts().map(({ family, people }) => `${family} for ${people}`));
    expect([...families].sort()).toEqual(['balance for 1', 'red-packet for 1', 'red-packet for 3']);
    expect([...outcomes]).toEqual(expect.arrayContaining(['SUCCESS', 'REVOKED', 'NOTPAY', 'REFUND']));

    const again = createLedger(store);
    expect(again.wallets.wallets()).toEqual(counter.ledger.wallets.wallets());
    expect(again.wallets.passersBy()).toEqual(counter.ledger.wallets.passersBy());
    expect(again.books()).toEqual(counter.ledger.books());
  });
});
