import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fen, formatYuan } from '../src/core/money.ts';

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TOTALS_HEADER = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
const BLOCK_CHARACTERS = 1 << 16;

/** Writes a packed trade bill of so many payments, all different, with right totals. */
export async function writeBill(path: string, rows: number): Promise<void> {
  await pipeline(Readable.from(blocks(rows)), createGzip({ level: 1 }), createWriteStream(path));
}

function* blocks(rows: number): Generator<string> {
  let [orderFen, feeFen] = [0, 0];
  let block = `\ufeff${HEADER}\r\n`;
  for (let nth = 0; nth < rows; nth++) {
    const amountFen = 100 + ((nth * 7919) % 50_000);
    const ownFeeFen = Math.round((amountFen * 60) / 10_000);
    orderFen += amountFen;
    feeFen += ownFeeFen;
    block += rowOf(nth, formatYuan(fen(amountFen)), formatYuan(fen(ownFeeFen)));
    if (block.length < BLOCK_CHARACTERS) continue;
    yield block;
    block = '';
  }
  const [order, fee] = [formatYuan(fen(orderFen)), formatYuan(fen(feeFen))];
  yield `${block}${TOTALS_HEADER}\r\n\`${rows},\`${order},\`0.00,\`0.00,\`${fee}000,\`${order},\`0.00\r\n`;
}

function rowOf(nth: number, yuan: string, feeYuan: string): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const number = String(nth).padStart(8, '0');
  const payer = String((nth * 31) % 99_991).padStart(5, '0');
  const time = `${two(8 + (Math.floor(nth / 3_600) % 14))}:${two(Math.floor(nth / 60) % 60)}:${two(nth % 60)}`;
  return (
    `\`2026-01-02 ${time},\`wxd930ea5d5a258f4f,\`10000100,\`0,\`0001-01,\`42000000002026010200${number},` +
    `\`0001-01-${number}-2k7q9,\`oUpF8uMuAJO_M2pxb1Q9zNj${payer},\`MICROPAY,\`SUCCESS,\`CMB_DEBIT,\`CNY,\`${yuan},` +
    '`0.00,`0,`0,`0.00,`0.00,`,`,`扫码便利店-零售,`store=0001;terminal=01;shift=3;cashier=007,' +
    `\`${feeYuan}000,\`0.60%,\`${yuan},\`0.00,\`\r\n`
  );
}
