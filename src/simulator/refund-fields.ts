import { type Fen, fen } from '../core/money.ts';
import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from './answer.ts';
import { readOrderRef, wrongField } from './fields.ts';
import type { RefundOpening } from './ledger/events.ts';
import type { OrderRef } from './ledger/ledger.ts';
import type { RefundRef } from './ledger/refund-index.ts';
import { onBehalfOf } from './on-behalf-of.ts';
import { isNotifyUrl } from './order-fields.ts';

/** A refund call whose fields are as the API wants them. Amounts in fen. */
export interface RefundRequest {
  readonly order: OrderRef;
  readonly outRefundNo: string;
  /** What the order was for, to be compared. */
  readonly totalFen: Fen;
  readonly refundFen: Fen;
  readonly desc: string;
  readonly account: string;
  /** Where its end is to be announced, if anywhere, and for whom. */
  readonly notify: RefundOpening['notify'];
}

export interface RefundQuestion {
  readonly about: RefundRef | OrderRef;
  /** Where the page begins; null when none was asked for. */
  readonly offset: number | null;
}

const REQUIRED = ['out_refund_no', 'total_fee', 'refund_fee'] as const;

export function readRefundRequest(fields: Fields): RefundRequest | Answer {
  const missing = REQUIRED.find((name) => !fields[name]);
  if (missing) return fail('PARAM_ERROR', `缺少参数${missing}`);
  const order = readOrder(fields);
  if ('result' in order) return order;
  const totalFen = fen(Number(fields.total_fee));
  const refundFen = fen(Number(fields.refund_fee));
  if (refundFen > totalFen) return fail('PARAM_ERROR', '退款金额大于订单金额');
  const { notify_url: url = '' } = fields;
  if (url !== '' && !isNotifyUrl(url)) return fail('PARAM_ERROR', '参数错误：notify_url');
  return {
    order,
    outRefundNo: fields.out_refund_no ?? '',
    totalFen,
    refundFen,
    desc: fields.refund_desc ?? '',
    account: fields.refund_account || 'REFUND_SOURCE_UNSETTLED_FUNDS',
    notify: url === '' ? undefined : { url, onBehalfOf: onBehalfOf(fields) },
  };
}

/** Of several numbers the most exact one counts: refund_id, out_refund_no, transaction_id, out_trade_no. */
export function readRefundQuestion(fields: Fields): RefundQuestion | Answer {
  const { refund_id: refundId, out_refund_no: outRefundNo } = fields;
  const wrong = wrongField(fields);
  if (wrong) return fail('PARAM_ERROR', `参数错误：${wrong}`);
  const offset = fields.offset ? Number(fields.offset) : null;
  if (refundId) return { about: { refundId }, offset };
  if (outRefundNo) return { about: { outRefundNo }, offset };
  const order = readOrder(fields);
  return 'result' in order ? order : { about: order, offset };
}

/** The refund calls' own tables have no LACK_PARAMS: what is missing is a wrong parameter there. */
function readOrder(fields: Fields): OrderRef | Answer {
  if (!fields.transaction_id && !fields.out_trade_no) return fail('PARAM_ERROR', '缺少参数out_trade_no');
  return readOrderRef(fields);
}
