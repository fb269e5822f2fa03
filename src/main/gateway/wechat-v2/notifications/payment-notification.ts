import type { Reason } from '../../../../core/gateway-answer.ts';
import { distrust } from '../answers/check-reply.ts';
import { reason } from '../answers/reason.ts';
import { readSettlement } from '../answers/settlement.ts';
import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';
import type { KnownOrders, NotificationEvent, Refusal } from './notification.ts';

/** The result of a payment. It is held against the order as any answer to a question of ours would be. */
export function readPaymentNotification(
  fields: Fields,
  merchant: Merchant,
  known: KnownOrders,
): NotificationEvent | Refusal {
  const distrusted = distrust(fields, merchant);
  if (distrusted) return refusalOf(distrusted);
  const { out_trade_no: outTradeNo = '' } = fields;
  if (outTradeNo === '') return { code: 'INCOMPLETE', field: 'out_trade_no' };
  const amountFen = known.amountOf(outTradeNo);
  if (amountFen === undefined) return { code: 'UNKNOWN_ORDER' };

  if (fields.result_code !== 'SUCCESS') {
    const { err_code: errCode = '', err_code_des: text = '' } = fields;
    return { kind: 'payment-failed', outTradeNo, reason: reason('TRADE_REFUSED', errCode, text, merchant.apiKey) };
  }
  const read = readSettlement(fields, { ...merchant, outTradeNo, amountFen });
  return 'settlement' in read ? { kind: 'payment', outTradeNo, ...read } : refusalOf(read.reason);
}

const OF_THE_AMOUNT = new Set(['total_fee', 'fee_type']);

function refusalOf({ code, gatewayText: field = '' }: Reason): Refusal {
  if (code === 'BAD_SIGNATURE') return { code };
  if (code !== 'REPLY_MISMATCH') return { code: 'INCOMPLETE', field };
  return { code: OF_THE_AMOUNT.has(field) ? 'OTHER_AMOUNT' : 'NOT_OURS', field };
}
