import { type Fen, fen, SALE_MAX_FEN } from '../../../../core/money.ts';
import type { FoundPayout, PayoutQueryAnswer, PayoutReason, PayoutState } from '../../../../core/payout-answer.ts';
import { partOf } from '../answers/part-of.ts';
import { reason } from '../answers/reason.ts';
import { findRule } from '../errors/find-rule.ts';
import { PAYOUT_QUERY_ERRORS, PAYOUT_QUERY_UNLISTED } from '../errors/payout-query-errors.ts';
import type { Fields } from '../wire/sign.ts';
import { distrustUnsigned, type ExpectedSide } from './check-unsigned.ts';

const RULES = { table: PAYOUT_QUERY_ERRORS, invalidRequests: [], unlisted: PAYOUT_QUERY_UNLISTED };

/** Which payout was asked for, and where its particulars stand in this call's answer. */
export interface ExpectedPayoutRecord extends ExpectedSide {
  readonly amountFen: Fen;
  readonly states: ReadonlyMap<string, PayoutState>;
  readonly amountField: string;
  readonly gatewayNoField: string;
  readonly succeededAtField: string;
  /** Which name of `identity` is the payout's own number: an answer without it is about nothing. */
  readonly numberField: string;
}

/** What a reply to a question for a payout says. FOUND is about this very payout, with exactly its amount. */
export function readPayoutQueryAnswer(reply: Fields, expected: ExpectedPayoutRecord): PayoutQueryAnswer {
  const distrusted = distrustUnsigned(reply, expected);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') {
    const read = readFound(reply, expected);
    return 'payout' in read ? { verdict: 'FOUND', ...read } : { verdict: 'UNKNOWN', ...read };
  }
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  if (rule.does === 'not-found') return { verdict: 'NOT_FOUND' };
  return { verdict: 'UNKNOWN', reason: reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey) };
}

function readFound(
  reply: Fields,
  expected: ExpectedPayoutRecord,
): { readonly payout: FoundPayout } | { readonly reason: PayoutReason } {
  const { amountFen, states, amountField, gatewayNoField, succeededAtField, numberField, apiKey } = expected;
  if (!reply[numberField]) return { reason: { code: 'REPLY_MISMATCH', gatewayText: numberField } };
  if (reply[amountField] !== String(amountFen)) return { reason: { code: 'REPLY_MISMATCH', gatewayText: amountField } };
  const gatewayNo = reply[gatewayNoField] ?? '';
  if (gatewayNo === '') return { reason: { code: 'BAD_REPLY', gatewayText: gatewayNoField } };
  const state = states.get(reply.status ?? '') ?? 'UNKNOWN';
  const returnedFen = returnedOf(reply, state, amountFen);
  if (returnedFen === undefined) return { reason: { code: 'BAD_REPLY', gatewayText: 'refund_amount' } };
  return {
    payout: {
      gatewayNo,
      state,
      amountFen,
      returnedFen,
      feeFen: partOf(SALE_MAX_FEN, reply.cmms_amt) ?? fen(0),
      // The gateway's words for people, cleaned as those of any error are.
      failure: reason('PAYOUT_FAILED', '', reply.reason ?? '', apiKey).gatewayText ?? '',
      succeededAt: reply[succeededAtField] ?? '',
    },
  };
}

/**
 * What came back; undefined when that is said and cannot be read. Of a group's red packet it is all only when the answer
 * says so: whoever believed it would pay again what somebody has opened.
 */
function returnedOf(
  { refund_amount: said = '', hb_type: kind }: Fields,
  state: PayoutState,
  amountFen: Fen,
): Fen | undefined {
  if (said !== '') return partOf(amountFen, said);
  return state === 'RETURNED' && kind !== 'GROUP' ? amountFen : fen(0);
}
