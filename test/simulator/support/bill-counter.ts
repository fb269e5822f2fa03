import { Readable } from 'node:stream';
import type { BillRow, BillTotals, FundFlowRow, FundFlowTotals } from '../../../src/core/bill.ts';
import { readBill, readFundFlow } from '../../../src/main/gateway/wechat-v2/bills/read-bill.ts';
import { type Fields, type SignType, sign } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import type { BillReply } from '../../../src/simulator/bills/bill-calls.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import type { Counter } from './counter.ts';

const { appId, mchId, apiKey } = SAMPLE_MERCHANT;

/** A bill read to its end, or what the service said instead. */
export type Asked<Row, Totals> = { readonly rows: Row[]; readonly totals: Totals } | { readonly refused: Fields };

/** Asks the counter for a file: signed, certified, at the counter's own time. */
export function askForFile(
  { service }: Counter,
  path: string,
  fields: Fields,
  { signType = 'HMAC-SHA256', certified = true }: { signType?: SignType; certified?: boolean } = {},
): BillReply {
  const whole = { appid: appId, mch_id: mchId, nonce_str: 'n0nce', sign_type: signType, ...fields };
  const body = Buffer.from(buildXml({ ...whole, sign: sign(whole, apiKey, signType) }));
  const reply = service.bill({ method: 'POST', path, body, certified });
  if (!reply) throw new Error(`${path} is no call for a bill`);
  return reply;
}

export async function askForBill(
  counter: Counter,
  day: string,
  more: Fields = {},
): Promise<Asked<BillRow, BillTotals>> {
  return read(askForFile(counter, '/pay/downloadbill', { bill_date: day, bill_type: 'ALL', ...more }), readBill);
}

export async function askForFlow(
  counter: Counter,
  day: string,
  more: Fields = {},
): Promise<Asked<FundFlowRow, FundFlowTotals>> {
  const fields = { bill_date: day, account_type: 'Basic', ...more };
  return read(askForFile(counter, '/pay/downloadfundflow', fields), readFundFlow);
}

async function read<Row, Totals>(
  { bytes }: BillReply,
  reader: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Row> & { readonly totals: Totals | undefined },
): Promise<Asked<Row, Totals>> {
  if (bytes.toString('latin1', 0, 1) === '<') return { refused: parseXml(bytes) };
  const bill = reader(Readable.from([bytes]));
  const rows: Row[] = [];
  for await (const row of bill) rows.push(row);
  if (bill.totals === undefined) throw new Error('A bill without totals');
  return { rows, totals: bill.totals };
}
