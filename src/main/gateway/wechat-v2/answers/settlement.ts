import type { ForeignCash, Reason, Settlement } from '../../../../core/gateway-answer.ts';
import { type Fen, fen } from '../../../../core/money.ts';
import type { Fields } from '../wire/sign.ts';
import { type ExpectedReply, missingIdentity } from './check-reply.ts';
import { partOf } from './part-of.ts';

export type ReadSettlement = { readonly settlement: Settlement } | { readonly reason: Reason };

/**
 * The money of a reply that says "paid", or why it is not believed. Amounts in fen. The reply must name this very
 * merchant and order, exactly the amount that was asked for, and CNY (which is what no fee_type means).
 *
 * `cash_fee` is what the customer paid and the coupons the rest. A reply without a sensible cash_fee is still a paid
 * order: then the customer is taken to have paid it all, less `coupon_fee`. So it is when cash_fee_type names another
 * currency than the order's: cash_fee is then no fen at all.
 */
export function readSettlement(reply: Fields, expected: ExpectedReply & { readonly amountFen: Fen }): ReadSettlement {
  const { amountFen } = expected;
  const missing = missingIdentity(reply, expected);
  if (missing !== undefined) return { reason: { code: 'REPLY_MISMATCH', gatewayText: missing } };
  if (reply.total_fee !== String(amountFen)) return { reason: { code: 'REPLY_MISMATCH', gatewayText: 'total_fee' } };
  if (reply.fee_type && reply.fee_type !== 'CNY')
    return { reason: { code: 'REPLY_MISMATCH', gatewayText: 'fee_type' } };
  const { transaction_id: transactionId = '', bank_type: bankType = '', time_end: timeEnd = '' } = reply;
  if (transactionId === '') return { reason: { code: 'BAD_REPLY', gatewayText: 'transaction_id' } };

  const foreignCash = foreignCashOf(reply);
  const cashSaid = foreignCash ? undefined : partOf(amountFen, reply.cash_fee);
  const cashFen = cashSaid ?? fen(amountFen - (partOf(amountFen, reply.coupon_fee) ?? 0));
  const couponFen = fen(amountFen - cashFen);
  const settledFen = partOf(amountFen, reply.settlement_total_fee);
  return {
    settlement: {
      transactionId,
      totalFen: amountFen,
      cashFen,
      couponFen,
      ...(settledFen === undefined ? {} : { settledFen }),
      ...(foreignCash ? { foreignCash } : {}),
      bankType,
      timeEnd,
    },
  };
}

/** What the payer paid in a currency other than CNY; `rate` is CNY against it, times 10⁸. @see chapter 9_2 */
function foreignCashOf(reply: Fields): ForeignCash | undefined {
  const { cash_fee_type: currency = '', cash_fee: amount = '', rate = '' } = reply;
  if (currency === 'CNY' || !/^[A-Z]{3}$/.test(currency) || !/^\d{1,12}$/.test(amount)) return undefined;
  return { currency, amountMinor: Number(amount), ...(/^\d{1,16}$/.test(rate) ? { rate } : {}) };
}
