import { type Fen, fen } from '../../../../core/money.ts';
import { partOf } from '../answers/part-of.ts';
import { REFUND_STATES } from '../errors/refund-query-errors.ts';
import type { Merchant } from '../merchant.ts';
import { decryptReqInfo, ReqInfoError } from '../wire/req-info.ts';
import type { Fields } from '../wire/sign.ts';
import { parseXml } from '../wire/xml.ts';
import type { KnownOrders, NotificationEvent, Refusal } from './notification.ts';

/** The end of a refund: who it is for stands outside, unsigned; everything else in `req_info`, encrypted. */
export function readRefundNotification(
  fields: Fields,
  merchant: Merchant,
  known: KnownOrders,
): NotificationEvent | Refusal {
  const stranger = strangerIn(fields, merchant);
  if (stranger !== undefined) return { code: 'NOT_OURS', field: stranger };
  const inner = readReqInfo(fields.req_info ?? '', merchant);
  if ('code' in inner) return inner;
  const missing = REQUIRED.find((name) => !inner.fields[name]);
  if (missing !== undefined) return { code: 'INCOMPLETE', field: missing };
  const amountFen = known.amountOf(inner.fields.out_trade_no ?? '');
  return amountFen === undefined ? { code: 'UNKNOWN_ORDER' } : readRefund(inner.fields, amountFen);
}

const REQUIRED = ['out_trade_no', 'transaction_id', 'out_refund_no', 'refund_id', 'refund_status'] as const;

function strangerIn(fields: Fields, { appId, mchId, subAppId, subMchId }: Merchant): string | undefined {
  if (fields.appid !== appId) return 'appid';
  if (fields.mch_id !== mchId) return 'mch_id';
  if (subMchId !== undefined && fields.sub_mch_id !== subMchId) return 'sub_mch_id';
  // A provider's message may leave out the sub-merchant's appid.
  return subAppId !== undefined && fields.sub_appid && fields.sub_appid !== subAppId ? 'sub_appid' : undefined;
}

function readReqInfo(reqInfo: string, { apiKey }: Merchant): { readonly fields: Fields } | Refusal {
  try {
    return { fields: parseXml(decryptReqInfo(reqInfo, apiKey), 'root') };
  } catch (error) {
    return { code: error instanceof ReqInfoError ? 'UNDECRYPTABLE' : 'UNREADABLE', field: 'req_info' };
  }
}

function readRefund(fields: Fields, totalFen: Fen): NotificationEvent | Refusal {
  if (fields.total_fee !== String(totalFen)) return { code: 'OTHER_AMOUNT', field: 'total_fee' };
  const refundFen = partOf(totalFen, fields.refund_fee);
  if (refundFen === undefined || refundFen === fen(0)) return { code: 'OTHER_AMOUNT', field: 'refund_fee' };
  const { out_trade_no: outTradeNo = '', transaction_id: transactionId = '' } = fields;
  return {
    kind: 'refund',
    outTradeNo,
    transactionId,
    totalFen,
    refund: {
      outRefundNo: fields.out_refund_no ?? '',
      refundId: fields.refund_id ?? '',
      state: REFUND_STATES.get(fields.refund_status ?? '') ?? 'UNKNOWN',
      refundFen,
      // The API's own spelling.
      receivedBy: fields.refund_recv_accout ?? '',
      succeededAt: fields.success_time ?? '',
    },
  };
}
