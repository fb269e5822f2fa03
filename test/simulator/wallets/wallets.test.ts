import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { openEventFile } from '../../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../../src/simulator/ledger/ledger.ts';
import { temporaryFolder } from '../../fixtures/ledger.ts';
import { type Counter, type CounterOptions, openCounter } from '../support/counter.ts';

/** 8.88 yuan is what PAY_FIELDS ask for. */
const PRICE_FEN = 888;

function openShop(balanceFen: number, options: CounterOptions = {}) {
  const counter = openCounter({ ...options, delays: { reverseNotBeforeMs: 0, refundMs: 1_000, refundGapMs: 0 } });
  const { control } = counter.service;
  const { openid } = control.openWallet('小明', fen(balanceFen));
  const wallet = () => counter.ledger.wallets.find(openid);
  return { counter, control, openid, wallet, code: (scenario = 'pays') => control.showCode(scenario, openid) };
}

const stateOf = (counter: Counter, outTradeNo: string) => counter.query(outTradeNo)?.trade_state;

describe('a customer with a wallet', () => {
  it('has less after paying, and is the same openid whichever code is shown', () => {
    const { counter, openid, wallet, code } = openShop(2_000);
    expect(counter.pay('T1', code())).toMatchObject({ result_code: 'SUCCESS', openid });
    expect(counter.pay('T2', code())).toMatchObject({ result_code: 'SUCCESS', openid });
    expect(wallet()).toMatchObject({ balanceFen: 2_000 - 2 * PRICE_FEN, account: { paidFen: 2 * PRICE_FEN } });
  });

  it('can spend the last fen, and is refused with NOTENOUGH for one more', () => {
    const { counter, wallet, code } = openShop(PRICE_FEN);
    expect(counter.pay('T1', code(), { total_fee: '889' })).toMatchObject({ err_code: 'NOTENOUGH' });
    expect(counter.query('T1')).toMatchObject({ trade_state: 'NOTPAY' });
    expect(counter.pay('T2', code())).toMatchObject({ result_code: 'SUCCESS' });
    expect(wallet()?.balanceFen).toBe(0);
  });

  it('pays again after topping up', () => {
    const { counter, control, openid, wallet, code } = openShop(0);
    expect(counter.pay('T1', code())).toMatchObject({ err_code: 'NOTENOUGH' });
    control.topUp(openid, fen(1_000));
    expect(counter.pay('T2', code())).toMatchObject({ result_code: 'SUCCESS' });
    expect(wallet()).toMatchObject({ balanceFen: 112, toppedUpFen: 1_000 });
  });

  it('needs less cash with a coupon, which does not come back as cash either', () => {
    const { counter, wallet, code } = openShop(800);
    expect(counter.pay('T1', code('coupon'))).toMatchObject({ coupon_fee: '88', cash_fee: '800' });
    expect(wallet()?.balanceFen).toBe(0);
    counter.reverse('T1');
    expect(wallet()?.balanceFen).toBe(800);
  });

  it('is refused at the password box when the money has gone meanwhile', () => {
    const { counter, wallet, code } = openShop(1_000);
    expect(counter.pay('T1', code('password'))).toMatchObject({ err_code: 'USERPAYING' });
    counter.pay('T2', code());
    counter.pass(6_000);
    expect(stateOf(counter, 'T1')).toBe('PAYERROR');
    expect(counter.reverse('T1')).toMatchObject({ result_code: 'SUCCESS' });
    expect(wallet()?.balanceFen).toBe(1_000 - PRICE_FEN);
  });

  it('gets a reversal back at once, and a refund when it arrives', () => {
    const { counter, wallet, code } = openShop(PRICE_FEN);
    counter.pay('T1', code());
    counter.reverse('T1');
    expect(wallet()?.balanceFen).toBe(PRICE_FEN);
    counter.pay('T2', code());
    counter.refund('T2', 'R1', 300);
    expect(wallet()).toMatchObject({ balanceFen: 0, account: { onTheWayFen: 300 } });
    counter.pass(1_000);
    counter.query('T2');
    expect(wallet()).toMatchObject({ balanceFen: 300, account: { onTheWayFen: 0 } });
  });

  it('gets nothing of a refund that came to nothing', () => {
    const { counter, wallet, code } = openShop(PRICE_FEN, { refundEnd: 'REFUNDCLOSE' });
    counter.pay('T1', code());
    counter.refund('T1', 'R1', 300);
    counter.pass(1_000);
    counter.query('T1');
    expect(wallet()).toMatchObject({ balanceFen: 0, account: { onTheWayFen: 0 } });
  });

  it('can be charged by a request that arrives late, and only once', () => {
    const { counter, control, wallet, code } = openShop(PRICE_FEN);
    control.switchFaultOn('micropay', 'late', { kind: 'next', calls: 1 });
    counter.pay('T1', code());
    expect(wallet()?.balanceFen).toBe(PRICE_FEN);
    counter.pass(60_000);
    expect(stateOf(counter, 'T1')).toBe('SUCCESS');
    expect(wallet()?.balanceFen).toBe(0);
  });

  it('receives what the merchant pays out to them', () => {
    const { counter, openid, wallet } = openShop(0, { signType: 'MD5' });
    const payout = { partner_trade_no: 'P1', openid, check_name: 'NO_CHECK', amount: '3000', desc: '押金' };
    counter.ask('/mmpaymkttransfers/promotion/transfers', {
      mch_appid: 'wxd930ea5d5a258f4f',
      mchid: '10000100',
      spbill_create_ip: '127.0.0.1',
      ...payout,
    });
    expect(counter.ledger.payouts.payouts()).toMatchObject([{ state: 'DONE' }]);
    expect(wallet()).toMatchObject({ balanceFen: 3_000, account: { receivedFen: 3_000 } });
  });

  it('is known by a code before it is charged', () => {
    const { counter, openid, code } = openShop(0);
    expect(counter.ask('/tools/authcodetoopenid', { auth_code: code() })).toMatchObject({ openid });
  });

  it('has the same wallet after a restart, and the code on the phone still works', () => {
    const folder = temporaryFolder();
    try {
      const path = `${folder.path}/simulator-ledger.jsonl`;
      const store = openEventFile(path);
      const { counter, openid, wallet, code } = openShop(2_000, { store });
      counter.pay('T1', code());
      const shown = code();
      const before = wallet();
      counter.ledger.close();

      const again = openCounter({ store: openEventFile(path), startAt: counter.now() });
      expect(again.ledger.wallets.find(openid)).toEqual(before);
      expect(again.pay('T2', shown)).toMatchObject({ result_code: 'SUCCESS', openid });
      again.ledger.close();
    } finally {
      folder.remove();
    }
  });
});

describe('a passer-by', () => {
  it('can pay anything, and is counted among all passers-by', () => {
    const { counter, control, wallet } = openShop(0);
    counter.pay('T1', control.showCode('pays', undefined), { total_fee: '99999999' });
    expect(counter.ledger.wallets.passersBy()).toMatchObject({ paidFen: 99_999_999 });
    expect(wallet()?.balanceFen).toBe(0);
  });
});

describe('the ledger file', () => {
  it('holds no payment code that was shown', () => {
    const lines: string[] = [];
    const store = {
      load: () => [],
      append: (events: readonly unknown[]) => void lines.push(JSON.stringify(events)),
      close: () => {},
    };
    const { code } = openShop(0, { store });
    const shown = code();
    expect(lines.join()).toContain('code-shown');
    expect(lines.join()).not.toContain(shown);
    expect(createLedger(store).wallets.wallets()).toEqual([]);
  });
});
