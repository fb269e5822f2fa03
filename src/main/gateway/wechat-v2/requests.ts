import type { Secret } from '../../../core/secret.ts';
import type { OrderRef, PayOrder, RefundOrder, RefundQuestion } from '../gateway.ts';
import type { Merchant } from './merchant.ts';
import { type Fields, sign } from './wire/sign.ts';
import { buildXml } from './wire/xml.ts';
import { wireText } from './wire-text.ts';

export const PATHS = {
  pay: '/pay/micropay',
  query: '/pay/orderquery',
  reverse: '/secapi/pay/reverse',
  refund: '/secapi/pay/refund',
  refundQuery: '/pay/refundquery',
  lookUp: '/pay/orderquery',
} as const;

const BODY_MAX_BYTES = 127;
const ATTACH_MAX_BYTES = 127;
const DEVICE_INFO_MAX_BYTES = 32;
const REFUND_DESC_MAX_BYTES = 80;
/** The field must not be empty; this is what an order without any text is called. */
const BODY_FALLBACK = '收款';

/** micropay's own fields. Amount in fen, as all through the API. @see WeChat Pay API v2, chapter 9_10 */
export function payFields(order: PayOrder, code: Secret, address: string): Fields {
  return {
    device_info: wireText(order.deviceInfo, DEVICE_INFO_MAX_BYTES),
    body: wireText(order.body, BODY_MAX_BYTES) || BODY_FALLBACK,
    attach: wireText(order.attach, ATTACH_MAX_BYTES),
    out_trade_no: order.outTradeNo,
    total_fee: String(order.amountFen),
    fee_type: 'CNY',
    spbill_create_ip: address,
    auth_code: code.reveal(),
  };
}

const REFUND_ACCOUNTS = {
  unsettled: 'REFUND_SOURCE_UNSETTLED_FUNDS',
  balance: 'REFUND_SOURCE_RECHARGE_FUNDS',
} as const;

/** refund's own fields; what is not said is left out. Amounts in fen. @see WeChat Pay API v2, chapter 9_4 */
export function refundFields(refund: RefundOrder): Fields {
  const { order, outRefundNo, totalFen, refundFen, desc = '', from, notifyUrl = '' } = refund;
  return {
    ...orderFields(order),
    out_refund_no: outRefundNo,
    total_fee: String(totalFen),
    refund_fee: String(refundFen),
    refund_fee_type: 'CNY',
    refund_desc: wireText(desc, REFUND_DESC_MAX_BYTES),
    refund_account: from === undefined ? '' : REFUND_ACCOUNTS[from],
    notify_url: notifyUrl,
  };
}

/** refundquery's own fields. @see WeChat Pay API v2, chapter 9_5 */
export function refundQueryFields(question: RefundQuestion): Fields {
  if ('outRefundNo' in question) return { out_refund_no: question.outRefundNo };
  if ('refundId' in question) return { refund_id: question.refundId };
  const { order, offset } = question;
  return { ...orderFields(order), offset: offset === undefined ? '' : String(offset) };
}

/** Which order is meant. @see WeChat Pay API v2, orderquery (chapter 9_2) */
export function orderFields(order: OrderRef): Fields {
  return 'outTradeNo' in order ? { out_trade_no: order.outTradeNo } : { transaction_id: order.transactionId };
}

/** The request as it travels: the call's own fields, who asks, and the signature over all of it. */
export function signedXml(merchant: Merchant, fields: Fields, nonce: string): string {
  const { appId, mchId, subAppId = '', subMchId = '', apiKey, signType } = merchant;
  const all = {
    appid: appId,
    mch_id: mchId,
    sub_appid: subAppId,
    sub_mch_id: subMchId,
    nonce_str: nonce,
    sign_type: signType,
    ...fields,
  };
  return buildXml({ ...all, sign: sign(all, apiKey, signType) });
}
