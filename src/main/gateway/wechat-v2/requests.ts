import type { Secret } from '../../../core/secret.ts';
import type { PayOrder } from '../gateway.ts';
import type { Merchant } from './merchant.ts';
import { type Fields, sign } from './wire/sign.ts';
import { buildXml } from './wire/xml.ts';
import { wireText } from './wire-text.ts';

export const PATHS = {
  pay: '/pay/micropay',
  query: '/pay/orderquery',
  reverse: '/secapi/pay/reverse',
} as const;

const BODY_MAX_BYTES = 127;
const ATTACH_MAX_BYTES = 127;
const DEVICE_INFO_MAX_BYTES = 32;
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
