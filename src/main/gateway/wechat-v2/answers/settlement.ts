import type { Reason, Settlement } from '../../../../core/gateway-answer.ts';
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
 * order: then the customer is taken to have paid it all, less `coupon_fee`.
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

  const cashFen = partOf(amountFen, reply.cash_fee) ?? fen(amountFen - (partOf(amountFen, reply.coupon_fee) ?? 0));
  const couponFen = fen(amountFen - cashFen);
  return { settlement: { transactionId, totalFen: amountFen, cashFen, couponFen, bankType, timeEnd } };
}
