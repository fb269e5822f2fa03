import { invariant } from '../../core/assert.ts';
import { beijingTime } from '../../core/time.ts';
import { encryptReqInfo } from '../../main/gateway/wechat-v2/wire/req-info.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { answerXml, unsignedXml } from '../answer.ts';
import { settlementFields } from '../endpoints/settlement.ts';
import type { Letter } from '../ledger/letters.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import type { Merchant } from '../options.ts';

/** A letter as it travels: a payment's is signed as its order was, a refund's is encrypted and not signed. */
export function letterXml(letter: Letter, order: SimOrder, merchant: Merchant, nonce: string): string {
  if (letter.outRefundNo === undefined) return paymentXml(order, merchant, nonce);
  const refund = order.refunds.find(({ outRefundNo }) => outRefundNo === letter.outRefundNo);
  invariant(refund !== undefined, `Order ${order.outTradeNo} has no refund ${letter.outRefundNo}`);
  return refundXml(order, refund, merchant, nonce);
}

function paymentXml(order: SimOrder, merchant: Merchant, nonce: string): string {
  const { placement } = order;
  invariant(placement !== undefined, `Order ${order.outTradeNo} was not placed`);
  const { signType, onBehalfOf } = placement;
  const fields = { ...settlementFields(order), ...(signType === 'MD5' ? {} : { sign_type: signType }) };
  return answerXml({ result: 'SUCCESS', fields }, { merchant, signType, nonce, onBehalfOf });
}

function refundXml(order: SimOrder, refund: SimRefund, merchant: Merchant, nonce: string): string {
  return unsignedXml({
    return_code: 'SUCCESS',
    appid: merchant.appId,
    mch_id: merchant.mchId,
    ...refund.notify?.onBehalfOf,
    nonce_str: nonce,
    req_info: encryptReqInfo(unsignedXml(refundFields(order, refund), 'root'), merchant.apiKey),
  });
}

/** `refund_recv_accout` is the API's own spelling. @see WeChat Pay API v2, chapter 9_16 */
function refundFields(order: SimOrder, refund: SimRefund): Fields {
  const { outRefundNo, refundId, refundFen, couponFen, state, account, endedAt } = refund;
  return {
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    refund_id: refundId,
    out_refund_no: outRefundNo,
    total_fee: String(order.amountFen),
    settlement_total_fee: String(order.amountFen),
    refund_fee: String(refundFen),
    settlement_refund_fee: String(refundFen),
    cash_refund_fee: String(refundFen - couponFen),
    refund_status: state,
    ...(state === 'SUCCESS' && endedAt !== undefined ? { success_time: beijingTime(endedAt) } : {}),
    refund_recv_accout: '支付用户零钱',
    refund_account: account,
    refund_request_source: 'API',
  };
}
