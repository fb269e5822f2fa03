import { beforeAll, describe, expect, it } from 'vitest';
import type { BillRow, FundFlowRow } from '../../../src/core/bill.ts';
import { billDayOf } from '../../../src/core/bill-day.ts';
import { seededRandom, seedOf } from '../../../src/core/random.ts';
import { type Asked, askForBill, askForFlow } from '../support/bill-counter.ts';
import { type Counter, MORNING, openCounter } from '../support/counter.ts';
import { packet, toBank, transfer } from '../support/payouts.ts';

/*
 * Random days in a shop, told four times: by the ledger, by the rows of the bills, by their totals, and by the
 * movements of the account. (Totals are held against rows by whoever reads a bill, so that each bill read is proof.)
 */

const DAY_MS = 86_400_000;
const DAYS = 4;
/** Prefixes of payment codes: pays, coupon, types the password, cancels, walks away, pays at the reversal. */
const CUSTOMERS = ['100000', '100001', '100002', '100003', '100004', '100005'];

function randomDays(seed: number): Counter {
  const random = seededRandom(seedOf(`bills ${seed}`));
  const upTo = (count: number) => Math.floor(random() * count);
  const refundEnd = (['SUCCESS', 'REFUNDCLOSE', 'CHANGE'] as const)[seed % 3] ?? 'SUCCESS';
  const counter = openCounter({
    signType: 'MD5',
    refundEnd,
    delays: { refundMs: 20_000_000, refundGapMs: 0, reverseNotBeforeMs: 0 },
    payouts: { end: (['RETURNED', 'DONE', 'FAILED'] as const)[seed % 3] ?? 'DONE', delayMs: 30_000_000 },
  });
  const amounts: string[] = [];
  let payoutNumbers = 0;
  while (counter.now() < MORNING + DAYS * DAY_MS) {
    const number = `T${upTo(amounts.length + 1)}`;
    if (random() < 0.1) payOut(counter, random, String(payoutNumbers++).padStart(8, '0'));
    const total_fee = amounts[Number(number.slice(1))];
    if (total_fee === undefined || random() < 0.4) {
      const total = String(1 + upTo(random() < 0.1 ? 5_000_000 : 2_000));
      const code = `${CUSTOMERS[upTo(CUSTOMERS.length)]}${String(amounts.length).padStart(12, '0')}`;
      counter.pay(`T${amounts.push(total) - 1}`, code, { total_fee: total, attach: 'a,b`c', body: '茶, 一杯' });
    } else if (random() < 0.15) {
      counter.reverse(number);
    } else {
      const refundFen = random() < 0.3 ? Number(total_fee) : 1 + upTo(Number(total_fee));
      counter.refund(number, `R${upTo(10_000)}`, refundFen, { total_fee });
    }
    counter.pass(upTo(1_500_000));
  }
  counter.pass(3 * DAY_MS);
  counter.query('T0');
  return counter;
}

/** By one of the three ways, each with a number of its own. */
function payOut(counter: Counter, random: () => number, number: string): void {
  const amount = String(100 + Math.floor(random() * 10_000));
  const family = Math.floor(random() * 3);
  if (family === 0) packet(counter, { mch_billno: `B${number}`, total_amount: amount });
  else if (family === 1) transfer(counter, { partner_trade_no: `P${number}`, amount, desc: '押金, 退' });
  else toBank(counter, { partner_trade_no: `K${number}`, amount });
}

const sum = <T>(all: readonly T[], pick: (one: T) => number) => all.reduce((total, one) => total + pick(one), 0);
const rowsOf = <Row>(asked: Asked<Row, unknown>): Row[] => ('rows' in asked ? asked.rows : []);
const signedFen = ({ direction, amountFen }: FundFlowRow) => (direction === 'in' ? amountFen : -amountFen);

async function everything(counter: Counter) {
  const bills: BillRow[] = [];
  const flow: FundFlowRow[] = [];
  // What nobody takes on the last evening comes back a day later.
  for (let day = 0; day < DAYS + 2; day++) {
    const date = billDayOf(MORNING + day * DAY_MS);
    const ofDay = rowsOf(await askForBill(counter, date, { tar_type: day % 2 === 0 ? 'GZIP' : '' }));
    const flowOfDay = rowsOf(await askForFlow(counter, date));
    expect(ofDay.length > 0 || day >= DAYS).toBe(true);
    for (const time of [...ofDay.map((row) => row.tradedAt), ...flowOfDay.map((row) => row.bookedAt)]) {
      expect(time.slice(0, 10).replaceAll('-', '')).toBe(date);
    }
    bills.push(...ofDay);
    flow.push(...flowOfDay);
  }
  return { bills, flow };
}

describe.each([1, 2, 3, 4, 5, 6])('random days (seed %i)', (seed) => {
  let counter: Counter;
  let bills: BillRow[];
  let flow: FundFlowRow[];
  beforeAll(async () => {
    counter = randomDays(seed);
    ({ bills, flow } = await everything(counter));
  });

  it('come to the same in the ledger, in the bills and on the account', () => {
    const books = counter.ledger.books();
    const refunds = counter.ledger.orders().flatMap((order) => order.refunds);
    const cameBackFen = sum(refunds, ({ state, refundFen }) => (state === 'SUCCESS' ? 0 : refundFen));
    const ofState = (state: string) => bills.filter((row) => row.state === state);

    expect(refunds.length).toBeGreaterThan(20);
    expect(sum(bills, (row) => row.orderFen)).toBe(books.chargedFen);
    expect(sum(ofState('REVOKED'), (row) => row.requestedRefundFen)).toBe(books.returnedFen);
    expect(sum(ofState('REFUND'), (row) => row.requestedRefundFen)).toBe(books.refundedFen + cameBackFen);

    const ofKind = (name: string) =>
      sum(
        flow.filter((row) => row.businessName === name),
        signedFen,
      );
    const payouts = counter.ledger.payouts.payouts();
    const [first] = payouts;
    expect(new Set(payouts.map(({ family }) => family)).size).toBe(3);
    expect(first?.state).not.toBe('PENDING');
    const moves = { 'red-packet': '微信红包', balance: '企业付款', bank: '企业付款到银行卡' };
    const outFen = sum(Object.values(moves), (name) => ofKind(name) + ofKind(`${name}退回`));
    expect(outFen + books.paidOutFen).toBe(0);
    const payoutFee = '企业付款到银行卡手续费';
    expect(ofKind(payoutFee) + ofKind(`退回${payoutFee}`) + books.payoutFeesFen).toBe(0);
    expect(ofKind('交易')).toBe(books.chargedFen);
    expect(ofKind('退款') + ofKind('退款退回')).toBe(-books.returnedFen - books.refundedFen);
    expect(ofKind('退款退回')).toBe(cameBackFen);
    const feesFen = ofKind('扣除交易手续费') + ofKind('退回交易手续费');
    expect(sum(flow, signedFen)).toBe(books.netFen + feesFen);
    expect(flow.at(-1)?.balanceFen).toBe(books.netFen + feesFen);
  });

  it('charge each order its fee, and give all of it back with all of the order', () => {
    const refundIds = new Map(bills.map((row) => [row.refundId, row.transactionId]));
    const transactionOf = ({ businessNo }: FundFlowRow) => refundIds.get(businessNo) ?? businessNo;
    let givenBackWhole = 0;
    for (const order of counter.ledger.orders()) {
      const moved = flow.filter((row) => transactionOf(row) === order.transactionId);
      const keptFen =
        0 -
        sum(
          moved.filter((row) => row.businessName.includes('手续费')),
          signedFen,
        );
      const leftFen = order.chargedFen - order.returnedFen - order.refundedFen;
      if (leftFen === 0) expect(keptFen, order.outTradeNo).toBe(0);
      else expect(Math.abs(keptFen - leftFen * 0.006), order.outTradeNo).toBeLessThanOrEqual(2);
      if (leftFen === 0 && order.chargedFen > 100) givenBackWhole += 1;
    }
    expect(givenBackWhole).toBeGreaterThan(3);
  });

  it('carry the balance from movement to movement', () => {
    let balanceFen = 0;
    for (const row of flow) {
      balanceFen += signedFen(row);
      expect(row.balanceFen).toBe(balanceFen);
    }
    expect(new Set(flow.map(({ flowId }) => flowId)).size).toBe(flow.length);
  });

  it('split into payments and what went back, which together are everything', async () => {
    const date = billDayOf(MORNING);
    const all = rowsOf(await askForBill(counter, date));
    const success = rowsOf(await askForBill(counter, date, { bill_type: 'SUCCESS' }));
    const refund = rowsOf(await askForBill(counter, date, { bill_type: 'REFUND' }));
    const key = ({ outTradeNo, outRefundNo, state, feeMilliFen }: BillRow) =>
      [outTradeNo, outRefundNo, state, feeMilliFen].join();
    expect([...success, ...refund].map(key).sort()).toEqual(all.map(key).sort());
    expect(success.every(({ state }) => state === 'SUCCESS')).toBe(true);
  });
});
