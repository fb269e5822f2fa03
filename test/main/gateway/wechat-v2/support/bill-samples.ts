import { BillError } from '../../../../../src/main/gateway/wechat-v2/bills/bill-error.ts';

/* Bills as WeChat Pay prints them: our own numbers in the layouts of its published samples. */

const COMMON =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额';
const TAIL = '商品名称,商户数据包,手续费,费率,订单金额';

export const HEADERS = {
  all: `${COMMON},微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,${TAIL},申请退款金额,费率备注`,
  success: `${COMMON},${TAIL},费率备注`,
  refund: `${COMMON},退款申请时间,退款成功时间,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,${TAIL},申请退款金额,费率备注`,
  recharge: `${COMMON.replace('特约', '子')},退款申请时间,退款成功时间,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,${TAIL.replace('手续费', '返还手续费')},申请退款金额`,
  totals: '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
};

/** Two payments and the refund of the second one. */
export const ALL_LINES = [
  HEADERS.all,
  '`2026-01-02 10:05:11,`wxd930ea5d5a258f4f,`10000100,`0,`POS-01,`4200000000202601020000000001,`T20260102000001,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`MICROPAY,`SUCCESS,`CMB_DEBIT,`CNY,`12.30,`1.00,`0,`0,`0.00,`0.00,`,`,`苹果, 1kg,`shift=3,`0.07000,`0.60%,`12.30,`0.00,`',
  '`2026-01-02 10:40:52,`wxd930ea5d5a258f4f,`10000100,`0,`POS-02,`4200000000202601020000000002,`T20260102000002,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`8.88,`0.00,`0,`0,`0.00,`0.00,`,`,`超市购物,`,`0.05000,`0.60%,`8.88,`0.00,`',
  '`2026-01-02 11:20:00,`wxd930ea5d5a258f4f,`10000100,`0,`POS-02,`4200000000202601020000000002,`T20260102000002,`oUpF8uMuAJO_M2pxb1Q9zNjWeS6o,`MICROPAY,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`50300000002026010200000000001,`R20260102000002,`8.88,`0.00,`ORIGINAL,`PROCESSING,`超市购物,`,`-0.05000,`0.60%,`0.00,`8.88,`',
  HEADERS.totals,
  '`3,`21.18,`8.88,`0.00,`0.07000,`21.18,`8.88',
] as const;

/** As it is really sent: a byte order mark, CRLF, and one more at the end. */
export const ALL_BILL = `\ufeff${ALL_LINES.join('\r\n')}\r\n`;

export const LEGACY_BILL = [
  '交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,代金券或立减优惠金额,微信退款单号,商户退款单号,退款金额,代金券或立减优惠退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率',
  '`2014-11-10 16：33：45,`wxd930ea5d5a258f4f,`10000100,`0,`1000,`1001690740201411100000000001,`T1,`o1,`MICROPAY,`SUCCESS,`OTHERS,`CNY,`0.01,`0.0,`0,`0,`0,`0,`,`,`测试,`说明,`0,`0.60%',
  '`2014-11-10 16：46：14,`wxd930ea5d5a258f4f,`10000100,`0,`1000,`1001690740201411100000000001,`T1,`o1,`MICROPAY,`REFUND,`OTHERS,`CNY,`0,`0.0,`5001,`R1,`0.01,`0,`,`SUCCESS,`测试,`说明,`0,`0.60%',
  '总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额',
  '`2.0,`0.01,`0.01,`0.0,`0',
].join('\n');

export const FUND_FLOW_LINES = [
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
  '`2026-01-02 10:05:11,`4200000000202601020000000001,`1900009231202601020000000001,`交易,`交易,`收入,`12.30,`12.30,`system,`,`T20260102000001',
  '`2026-01-02 10:05:11,`4200000000202601020000000001,`1900009231202601020000000002,`扣除交易手续费,`扣除交易手续费,`支出,`0.07,`12.23,`system,`缺货,`T20260102000001',
  '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
  '`2.0,`1.0,`12.30,`1.0,`0.07',
] as const;

export const FUND_FLOW = `\ufeff${FUND_FLOW_LINES.join('\r\n')}\r\n`;

/** The lines with some of them exchanged, as they are really sent. */
export function billWith(changes: Readonly<Record<number, string | undefined>>, lines: readonly string[] = ALL_LINES) {
  const changed = lines.map((line, at) => (at in changes ? changes[at] : line)).filter((line) => line !== undefined);
  return `\ufeff${changed.join('\r\n')}\r\n`;
}

/** Bytes as a line brings them, in pieces of a size that ends anywhere. */
export async function* inPieces(bytes: Uint8Array | string, size = 7): AsyncGenerator<Uint8Array, void, void> {
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** All rows, and the error that ended the reading, if one did. */
export async function readAll<Row>(bill: AsyncIterable<Row>): Promise<{ rows: Row[]; error: BillError | undefined }> {
  const rows: Row[] = [];
  try {
    for await (const row of bill) rows.push(row);
    return { rows, error: undefined };
  } catch (error) {
    if (error instanceof BillError) return { rows, error };
    throw error;
  }
}
