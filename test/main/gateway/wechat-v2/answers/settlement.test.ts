import { describe, expect, it } from 'vitest';
import { readSettlement } from '../../../../../src/main/gateway/wechat-v2/answers/settlement.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { EXPECTED, paidFields } from '../support/replies.ts';

const read = (changes: Fields) => readSettlement(paidFields(changes), EXPECTED);

describe('the money of a payer from abroad', () => {
  const HONG_KONG = { cash_fee: '1345', cash_fee_type: 'HKD', rate: '91450000' };

  it('is told in that currency beside the whole amount in CNY', () => {
    expect(read(HONG_KONG)).toMatchObject({
      settlement: {
        totalFen: 1230,
        cashFen: 1230,
        couponFen: 0,
        foreignCash: { currency: 'HKD', amountMinor: 1345, rate: '91450000' },
      },
    });
  });

  it('is less by the coupon, which is in CNY, even when the foreign amount looks like fen', () => {
    const answer = read({ ...HONG_KONG, cash_fee: '1000', coupon_fee: '30' });
    expect(answer).toMatchObject({ settlement: { cashFen: 1200, couponFen: 30, foreignCash: { amountMinor: 1000 } } });
  });

  it.each<[what: string, changes: Fields]>([
    ['no rate', { rate: '' }],
    ['a rate that is no number', { rate: '0.9' }],
  ])('with %s is told without one', (_, changes) => {
    const answer = read({ ...HONG_KONG, ...changes });
    expect(answer).toMatchObject({ settlement: { foreignCash: { currency: 'HKD', amountMinor: 1345 } } });
    expect(answer).not.toHaveProperty('settlement.foreignCash.rate');
  });

  it.each(['CNY', '', 'hkd', 'HK$'])('is not foreign with the cash_fee_type "%s"', (cash_fee_type) => {
    expect(read({ cash_fee: '1200', cash_fee_type })).not.toHaveProperty('settlement.foreignCash');
  });
});

describe('what is settled to the merchant', () => {
  it('is less than the total by coupons that are no money', () => {
    const answer = read({ cash_fee: '1130', coupon_fee: '100', settlement_total_fee: '1130' });
    expect(answer).toMatchObject({ settlement: { totalFen: 1230, settledFen: 1130, cashFen: 1130, couponFen: 100 } });
  });

  it.each(['', '1231', '-1', 'all'])('is not told where the gateway says "%s"', (settlement_total_fee) => {
    expect(read({ settlement_total_fee })).not.toHaveProperty('settlement.settledFen');
  });
});
