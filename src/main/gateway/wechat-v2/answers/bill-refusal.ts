import type { BillReasonCode, NoBill } from '../../../../core/bill-answer.ts';
import { BILL_UNLISTED, BILL_WORDS, type BillDoes } from '../errors/bill-errors.ts';
import type { ErrorTable } from '../errors/error-rule.ts';
import type { Merchant } from '../merchant.ts';
import { type Fields, isSignedBy } from '../wire/sign.ts';
import { reason } from './reason.ts';

/**
 * What an XML reply to a request for a bill says. It comes unsigned, as the bill itself does, and is believed because
 * TLS says who sent it; one that does carry a signature has to carry the right one. "No bill" is believed only past
 * `readyAt` (epoch milliseconds): before, the bill may be merely not begun.
 */
export function readBillRefusal(
  reply: Fields,
  table: ErrorTable<BillDoes, BillReasonCode>,
  { apiKey, signType }: Merchant,
  { now, readyAt }: { readonly now: number; readonly readyAt: number },
): NoBill {
  if (reply.sign && !isSignedBy(reply, apiKey, signType))
    return { verdict: 'LATER', reason: { code: 'BAD_SIGNATURE' } };
  const { err_code = '', err_code_des = '', error_code = '', return_msg = '' } = reply;
  const said = [err_code, return_msg, error_code];
  const words = `${return_msg} ${err_code_des}`.trim();
  const rule =
    said.map((one) => table.get(one.trim().toUpperCase())).find((found) => found !== undefined) ??
    BILL_WORDS.find(({ pattern }) => pattern.test(words))?.rule ??
    BILL_UNLISTED;

  const tooSoon = now < readyAt ? { notBefore: readyAt } : {};
  const why = (code: BillReasonCode) => reason(code, err_code || error_code, words, apiKey);
  if (rule.does === 'no-bill') {
    return now < readyAt ? { verdict: 'LATER', reason: why('BILL_CREATING'), ...tooSoon } : { verdict: 'NO_BILL' };
  }
  const code = rule.reason ?? 'UNLISTED';
  if (rule.does === 'mend') return { verdict: 'REFUSED', reason: why(code) };
  return { verdict: 'LATER', reason: why(code), ...(code === 'BILL_CREATING' ? tooSoon : {}) };
}
