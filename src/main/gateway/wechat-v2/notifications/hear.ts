import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';
import { buildXml, parseXml } from '../wire/xml.ts';
import type { Heard, KnownOrders, NotificationEvent, Refusal, RefusalCode } from './notification.ts';
import { readPaymentNotification } from './payment-notification.ts';
import { readRefundNotification } from './refund-notification.ts';

/**
 * Reads one notification of a payment or a refund, and says what to answer. Pure: the same bytes are heard the same
 * however often they come, and what follows from them is the listener's business.
 *
 * A payment's is signed, by the agreed type. A refund's is not: that its `req_info` decrypts shows that the sender knew
 * the key. Either has to be for this merchant, and about an order of ours, of exactly its amount.
 *
 * @see WeChat Pay API v2, chapters 9_7 and 9_16
 */
export function hearNotification(body: Uint8Array, merchant: Merchant, known: KnownOrders): Heard {
  const fields = readFields(body);
  const read: NotificationEvent | Refusal = fields ? readEvent(fields, merchant, known) : { code: 'UNREADABLE' };
  if ('kind' in read) return { event: read, reply: CONFIRMED };
  return { refusal: read, reply: buildXml({ return_code: 'FAIL', return_msg: REFUSALS[read.code] }) };
}

const CONFIRMED = '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

/** For whoever reads WeChat Pay's side of the story. */
const REFUSALS: Readonly<Record<RefusalCode, string>> = {
  UNREADABLE: 'XML格式错误',
  BAD_SIGNATURE: '签名失败',
  UNDECRYPTABLE: '解密失败',
  NOT_OURS: '商户号不符',
  UNKNOWN_ORDER: '订单不存在',
  OTHER_AMOUNT: '金额不一致',
  INCOMPLETE: '参数不全',
};

function readFields(body: Uint8Array): Fields | undefined {
  try {
    return parseXml(body);
  } catch {
    return undefined;
  }
}

function readEvent(fields: Fields, merchant: Merchant, known: KnownOrders): NotificationEvent | Refusal {
  if (fields.return_code !== 'SUCCESS') return { code: 'INCOMPLETE', field: 'return_code' };
  return fields.req_info === undefined
    ? readPaymentNotification(fields, merchant, known)
    : readRefundNotification(fields, merchant, known);
}
