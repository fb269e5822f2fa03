import { isIP } from 'node:net';
import { type Fen, fen, SALE_MAX_FEN } from '../core/money.ts';
import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from './answer.ts';
import { WECHAT_CODE } from './behaviour/codes.ts';
import type { OrderRef } from './ledger/ledger.ts';

/** A pay call whose fields are as the API wants them. */
export interface PayRequest {
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  readonly code: string;
  readonly body: string;
  readonly deviceInfo: string;
  /** Null when the call had none; an empty one comes back as an empty element. */
  readonly attach: string | null;
}

const PAY_REQUIRED = ['body', 'out_trade_no', 'total_fee', 'spbill_create_ip', 'auth_code'] as const;

/** Longest values, in bytes of UTF-8: where sources differ, the shorter. */
const LONGEST_BYTES: Readonly<Record<string, number>> = {
  appid: 32,
  mch_id: 32,
  nonce_str: 32,
  device_info: 32,
  body: 127,
  detail: 6000,
  attach: 127,
  out_trade_no: 32,
  transaction_id: 32,
  out_refund_no: 64,
  refund_id: 32,
  notify_url: 256,
  fee_type: 16,
  spbill_create_ip: 64,
  goods_tag: 32,
  limit_pay: 32,
  auth_code: 128,
  scene_info: 256,
  product_id: 32,
  openid: 128,
  sub_openid: 128,
};

const SHAPES: Readonly<Record<string, RegExp>> = {
  out_trade_no: /^[0-9A-Za-z_\-|*@]+$/,
  out_refund_no: /^[0-9A-Za-z_\-|*@]+$/,
  total_fee: /^[1-9]\d{0,9}$/,
  refund_fee: /^[1-9]\d{0,9}$/,
  refund_fee_type: /^CNY$/,
  refund_account: /^REFUND_SOURCE_(UNSETTLED|RECHARGE)_FUNDS$/,
  refund_desc: /^.{1,80}$/su,
  offset: /^\d{1,9}$/,
  fee_type: /^CNY$/,
  time_start: /^\d{14}$/,
  time_expire: /^\d{14}$/,
  receipt: /^Y$/,
  profit_sharing: /^[YN]$/,
  version: /^1\.0$/,
};

export function readPayRequest(fields: Fields): PayRequest | Answer {
  const missing = PAY_REQUIRED.find((name) => !fields[name]);
  if (missing) return fail('LACK_PARAMS', `缺少参数${missing}`);
  const wrong = wrongField(fields);
  if (wrong) return fail('PARAM_ERROR', `参数错误：${wrong}`);
  if (!WECHAT_CODE.test(fields.auth_code ?? '')) {
    return fail('AUTH_CODE_INVALID', '付款码应为18位数字，以10至15开头');
  }
  return {
    outTradeNo: fields.out_trade_no ?? '',
    amountFen: fen(Number(fields.total_fee)),
    code: fields.auth_code ?? '',
    body: fields.body ?? '',
    deviceInfo: fields.device_info ?? '',
    attach: fields.attach ?? null,
  };
}

/** Which order is meant; transaction_id wins when both are given. */
export function readOrderRef(fields: Fields): OrderRef | Answer {
  const { transaction_id: transactionId, out_trade_no: outTradeNo } = fields;
  const wrong = wrongField(fields);
  if (wrong) return fail('PARAM_ERROR', `参数错误：${wrong}`);
  if (transactionId) return { transactionId };
  if (outTradeNo) return { outTradeNo };
  return fail('LACK_PARAMS', '缺少参数out_trade_no');
}

/** The first field that breaks its rule. Empty fields are as good as absent. */
export function wrongField(fields: Fields): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    if (value === '') continue;
    if (Buffer.byteLength(value) > (LONGEST_BYTES[name] ?? Number.POSITIVE_INFINITY)) return name;
    if (SHAPES[name]?.test(value) === false) return name;
  }
  if (Number(fields.total_fee) > SALE_MAX_FEN) return 'total_fee';
  return fields.spbill_create_ip && isIP(fields.spbill_create_ip) === 0 ? 'spbill_create_ip' : undefined;
}
