import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { buildXml } from '../../main/gateway/wechat-v2/wire/xml.ts';
import { openLetter } from '../envelope.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { Merchant } from '../options.ts';
import type { SimPayout } from '../payouts/payout-book.ts';
import { type BillHours, type BillTime, billTime } from './bill-hours.ts';
import { type BillTable, billBytes } from './bill-text.ts';
import { fundFlow } from './fund-flow.ts';
import { type BillFrame, type TradeBillType, tradeBill } from './trade-bill.ts';

/** What both calls are answered from. */
export interface BillDesk {
  readonly merchant: Merchant;
  readonly feeBasisPoints: number;
  readonly billHours: BillHours;
  orders(): readonly SimOrder[];
  payouts(): readonly SimPayout[];
  now(): number;
}

export interface BillCall {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  readonly certified: boolean;
}

/** A file, or a text that says why there is none; neither is signed, and both come with HTTP status 200. */
export interface BillReply {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const TYPES: ReadonlySet<string> = new Set(['ALL', 'SUCCESS', 'REFUND', 'RECHARGE_REFUND']);
const ACCOUNTS: ReadonlySet<string> = new Set(['Basic', 'Operation', 'Fees']);

/** What downloadbill calls a refusal of the envelope: it has words of its own for everything. */
const ENVELOPE_WORDS: Readonly<Record<string, string>> = {
  REQUIRE_POST_METHOD: 'require POST method',
  POST_DATA_EMPTY: 'empty post data',
  XML_FORMAT_ERROR: 'data format error',
  NOT_UTF8: 'data format error',
  LACK_PARAMS: 'missing parameter',
  SIGNERROR: 'SIGN ERROR',
  APPID_NOT_EXIST: 'invalid appid',
};

const TIME_WORDS: Readonly<Record<Exclude<BillTime['kind'], 'ready'>, string>> = {
  'bad-day': 'invalid bill_date',
  'not-begun': 'No Bill Exist',
  'being-made': 'Bill Creating',
};

/** Undefined when the call is not for a bill. */
export function billReply(call: BillCall, desk: BillDesk): BillReply | undefined {
  if (call.path === '/pay/downloadbill') return downloadbill(call, desk);
  return call.path === '/pay/downloadfundflow' ? downloadfundflow(call, desk) : undefined;
}

function downloadbill({ method, body }: BillCall, desk: BillDesk): BillReply {
  const letter = openLetter(method, body, desk.merchant);
  if ('returnMsg' in letter) return noTradeBill(ENVELOPE_WORDS[letter.code] ?? 'invalid parameter');
  const { bill_date: day, bill_type: type = 'ALL', tar_type: tarType = '' } = letter.fields;
  if (!day) return noTradeBill('missing parameter');
  if (!TYPES.has(type)) return noTradeBill('invalid bill_type');
  if (tarType !== '' && tarType !== 'GZIP') return noTradeBill('invalid tar_type, Only GZIP supported');
  const time = billTime(day, desk.now(), desk.billHours);
  if (time.kind !== 'ready') return noTradeBill(TIME_WORDS[time.kind]);
  const table = isKept(type) ? tradeBill(desk.orders(), type, { ...time, ...desk }) : undefined;
  return table === undefined ? noTradeBill('No Bill Exist') : file(table, tarType);
}

function downloadfundflow({ method, body, certified }: BillCall, desk: BillDesk): BillReply {
  if (!certified) return noFundFlow('CERT_ERROR', '证书验证失败：请使用商户API证书访问');
  const letter = openLetter(method, body, desk.merchant);
  if ('returnMsg' in letter) return noFundFlow(letter.code, letter.returnMsg);
  const { bill_date: day, account_type: account = '', tar_type: tarType = '' } = letter.fields;
  if (letter.signType !== 'HMAC-SHA256') return noFundFlow('PARAM_ERROR', '签名类型仅支持HMAC-SHA256');
  if (!day || !ACCOUNTS.has(account)) return noFundFlow('PARAM_ERROR', '参数错误');
  if (tarType !== '' && tarType !== 'GZIP') return noFundFlow('PARAM_ERROR', 'tar_type参数错误');
  const time = billTime(day, desk.now(), desk.billHours);
  if (time.kind === 'bad-day') return noFundFlow('PARAM_ERROR', 'bill_date参数错误');
  if (time.kind === 'being-made') return noFundFlow('BILL_CREATING', '账单生成中，请在上午10点以后再下载');
  // Nothing ever moves on the two other accounts.
  const table = time.kind === 'ready' && account === 'Basic' ? flowOf(desk, { ...time, ...desk }) : undefined;
  return table === undefined ? noFundFlow('NO_BILL_EXIST', '账单文件不存在') : file(table, tarType);
}

function flowOf(desk: BillDesk, frame: BillFrame): BillTable | undefined {
  return fundFlow({ orders: desk.orders(), payouts: desk.payouts() }, frame);
}

function isKept(type: string): type is TradeBillType {
  return type !== 'RECHARGE_REFUND';
}

/** The digest is that of the body, packed or not. */
function file(table: BillTable, tarType: string): BillReply {
  const plain = billBytes(table);
  const bytes = tarType === 'GZIP' ? gzipSync(plain) : plain;
  const digest = `SHA=${createHash('sha1').update(bytes).digest('hex')}`;
  const type = tarType === 'GZIP' ? 'application/x-gzip' : 'text/plain; charset=utf-8';
  return { bytes, headers: { 'content-type': type, digest } };
}

/** Of its numbers only this one is known for certain. */
function noTradeBill(words: string): BillReply {
  const number: Fields = words === 'No Bill Exist' ? { error_code: '20002' } : {};
  return refusal({ return_code: 'FAIL', return_msg: words, ...number }, words);
}

function noFundFlow(code: string, words: string): BillReply {
  return refusal(
    { return_code: 'FAIL', return_msg: words, result_code: 'FAIL', err_code: code, err_code_des: words },
    code,
  );
}

function refusal(fields: Fields, code: string): BillReply {
  const headers = { 'content-type': 'text/plain', 'x-simulator-code': code };
  return { bytes: Buffer.from(buildXml(fields), 'utf8'), headers };
}
