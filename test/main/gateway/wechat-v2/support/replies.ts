import { fen } from '../../../../../src/core/money.ts';
import { Secret } from '../../../../../src/core/secret.ts';
import type { Merchant } from '../../../../../src/main/gateway/wechat-v2/merchant.ts';
import { type Fields, type SignType, sign } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml } from '../../../../../src/main/gateway/wechat-v2/wire/xml.ts';

/** The merchant of the published samples. */
export const MERCHANT: Merchant = {
  appId: 'wxd930ea5d5a258f4f',
  mchId: '10000100',
  apiKey: new Secret('192006250b4c09247ec02edce69f6a2d'),
  signType: 'HMAC-SHA256',
};

export const ORDER = {
  outTradeNo: '0001-01-000042-2k7q9',
  amountFen: fen(1230),
  body: '扫码便利店-零售',
  deviceInfo: '0001-01',
  attach: 'store=0001;terminal=01',
};

export const CODE = '134567890123456789';

export const EXPECTED = { ...MERCHANT, ...ORDER };

/** As a gateway signs its answers. */
export function signed(fields: Fields, key: Secret = MERCHANT.apiKey, type: SignType = MERCHANT.signType): Fields {
  return { ...fields, sign: sign(fields, key, type) };
}

const ENVELOPE = {
  return_code: 'SUCCESS',
  return_msg: 'OK',
  appid: MERCHANT.appId,
  mch_id: MERCHANT.mchId,
  nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS',
};

/** The fields of an answer that says "paid". `changes` replace them; an empty text leaves one out. */
export function paidFields(changes: Fields = {}): Fields {
  return {
    ...ENVELOPE,
    result_code: 'SUCCESS',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    trade_type: 'MICROPAY',
    bank_type: 'CMB_DEBIT',
    fee_type: 'CNY',
    total_fee: '1230',
    cash_fee: '1230',
    transaction_id: '4200000000202601020000000001',
    out_trade_no: ORDER.outTradeNo,
    attach: '',
    time_end: '20260102100511',
    ...changes,
  };
}

export function failedFields(errCode: string, text = '', changes: Fields = {}): Fields {
  return { ...ENVELOPE, result_code: 'FAIL', err_code: errCode, err_code_des: text, ...changes };
}

export function stateFields(state: string, changes: Fields = {}): Fields {
  return {
    ...ENVELOPE,
    result_code: 'SUCCESS',
    out_trade_no: ORDER.outTradeNo,
    trade_state: state,
    trade_state_desc: `说明 ${state}`,
    ...changes,
  };
}

export function reversedFields(recall: string, changes: Fields = {}): Fields {
  return { ...ENVELOPE, result_code: 'SUCCESS', recall, ...changes };
}

export const REFUND = {
  order: { outTradeNo: ORDER.outTradeNo },
  outRefundNo: 'R-0001-01-000042-1',
  totalFen: ORDER.amountFen,
  refundFen: fen(230),
};

/** The fields of an answer that says that REFUND is accepted. */
export function acceptedFields(changes: Fields = {}): Fields {
  return {
    ...ENVELOPE,
    result_code: 'SUCCESS',
    transaction_id: '4200000000202601020000000001',
    out_trade_no: ORDER.outTradeNo,
    out_refund_no: REFUND.outRefundNo,
    refund_id: '50300000002026010200000000001',
    refund_fee: '230',
    total_fee: '1230',
    cash_fee: '1230',
    cash_refund_fee: '230',
    coupon_refund_fee: '0',
    ...changes,
  };
}

/** The fields of an answer that describes REFUND, and no other, in this state. */
export function refundStateFields(state: string, changes: Fields = {}): Fields {
  return {
    ...ENVELOPE,
    result_code: 'SUCCESS',
    transaction_id: '4200000000202601020000000001',
    out_trade_no: ORDER.outTradeNo,
    total_fee: '1230',
    cash_fee: '1230',
    refund_count: '1',
    out_refund_no_0: REFUND.outRefundNo,
    refund_id_0: '50300000002026010200000000001',
    refund_channel_0: 'ORIGINAL',
    refund_fee_0: '230',
    refund_status_0: state,
    refund_recv_accout_0: '招商银行信用卡8915',
    ...changes,
  };
}

export function xml(fields: Fields): string {
  return buildXml(fields);
}

/** The fields of an answer that says that a NATIVE order was placed. */
export function placedFields(changes: Fields = {}): Fields {
  return {
    ...ENVELOPE,
    result_code: 'SUCCESS',
    trade_type: 'NATIVE',
    prepay_id: 'wx201410272009395522657a690389285100',
    code_url: 'weixin://wxpay/bizpayurl?pr=NwY5Mz9',
    ...changes,
  };
}
