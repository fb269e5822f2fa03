import { type Fen, fen, SALE_MAX_FEN } from '../../../../core/money.ts';
import type { AcceptedPayout, PayoutAnswer, PayoutReason } from '../../../../core/payout-answer.ts';
import { partOf } from '../answers/part-of.ts';
import { reason } from '../answers/reason.ts';
import { findRule } from '../errors/find-rule.ts';
import type { PayoutErrors } from '../errors/payout-rules.ts';
import type { Fields } from '../wire/sign.ts';
import { distrustUnsigned, type ExpectedSide } from './check-unsigned.ts';

const VERDICTS = { refuse: 'REFUSED', again: 'AGAIN', query: 'UNKNOWN' } as const;

/** Which payout the reply has to be about, and where its particulars stand in this call's answer. */
export interface ExpectedPayout extends ExpectedSide {
  readonly amountFen: Fen;
  readonly errors: PayoutErrors;
  /** The field that holds the amount; undefined where the answer has none. */
  readonly amountField: string | undefined;
  /** The field that holds the gateway's number. */
  readonly gatewayNoField: string;
}

/**
 * What a reply of a payout call says. ACCEPTED names this very payout, by all the ids that it was asked for with and by
 * the amount where the answer has one. Whatever leaves a doubt is UNKNOWN.
 */
export function readPayoutAnswer(reply: Fields, expected: ExpectedPayout): PayoutAnswer {
  const distrusted = distrustUnsigned(reply, expected);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') {
    const read = readAccepted(reply, expected);
    return 'payout' in read ? { verdict: 'ACCEPTED', ...read } : { verdict: 'UNKNOWN', ...read };
  }
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(expected.errors, errCode, text);
  return {
    verdict: VERDICTS[rule.does],
    reason: reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey),
  };
}

function readAccepted(
  reply: Fields,
  { identity, amountFen, amountField, gatewayNoField }: ExpectedPayout,
): { readonly payout: AcceptedPayout } | { readonly reason: PayoutReason } {
  const missing = Object.keys(identity).find((name) => !reply[name]);
  if (missing !== undefined) return { reason: { code: 'REPLY_MISMATCH', gatewayText: missing } };
  if (amountField !== undefined && reply[amountField] !== String(amountFen)) {
    return { reason: { code: 'REPLY_MISMATCH', gatewayText: amountField } };
  }
  const gatewayNo = reply[gatewayNoField] ?? '';
  if (gatewayNo === '') return { reason: { code: 'BAD_REPLY', gatewayText: gatewayNoField } };
  return { payout: { gatewayNo, feeFen: partOf(SALE_MAX_FEN, reply.cmms_amt) ?? fen(0) } };
}
