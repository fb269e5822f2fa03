import { type Fen, fen } from '../../../../core/money.ts';
import type { AcceptedRefund, RefundAnswer, RefundReason } from '../../../../core/refund-answer.ts';
import { SAYS_CERTIFICATE } from '../errors/error-rule.ts';
import { findRule } from '../errors/find-rule.ts';
import { REFUND_ERRORS, REFUND_INVALID_REQUESTS, REFUND_UNLISTED } from '../errors/refund-errors.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust, type ExpectedReply, missingIdentity } from './check-reply.ts';
import { partOf } from './part-of.ts';
import { reason } from './reason.ts';

const RULES = { table: REFUND_ERRORS, invalidRequests: REFUND_INVALID_REQUESTS, unlisted: REFUND_UNLISTED };
const VERDICTS = { refuse: 'REFUSED', again: 'AGAIN', query: 'UNKNOWN' } as const;

/** Which refund the reply has to be about. Amounts in fen. */
export interface ExpectedRefund extends ExpectedReply {
  readonly outRefundNo: string;
  readonly totalFen: Fen;
  readonly refundFen: Fen;
}

/**
 * What a reply of refund says. ACCEPTED is signed, and names this very refund with exactly its amounts; REFUSED and
 * AGAIN are signed. Whatever leaves a doubt is UNKNOWN.
 */
export function readRefundAnswer(reply: Fields, expected: ExpectedRefund): RefundAnswer {
  const distrusted = distrust(reply, expected);
  if (distrusted) {
    const certificate = reply.return_code !== 'SUCCESS' && SAYS_CERTIFICATE.test(reply.return_msg ?? '');
    return { verdict: 'UNKNOWN', reason: certificate ? { ...distrusted, code: 'BAD_CERTIFICATE' } : distrusted };
  }
  if (reply.result_code === 'SUCCESS') {
    const read = readAccepted(reply, expected);
    return 'refund' in read ? { verdict: 'ACCEPTED', ...read } : { verdict: 'UNKNOWN', ...read };
  }
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  const why = reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey);
  return { verdict: VERDICTS[rule.does], reason: why };
}

function readAccepted(
  reply: Fields,
  expected: ExpectedRefund,
): { readonly refund: AcceptedRefund } | { readonly reason: RefundReason } {
  const { outRefundNo, totalFen, refundFen } = expected;
  const wrong = missingIdentity(reply, expected) ?? otherValue(reply, { outRefundNo, totalFen, refundFen });
  if (wrong !== undefined) return { reason: { code: 'REPLY_MISMATCH', gatewayText: wrong } };
  const { refund_id: refundId = '', transaction_id: transactionId = '' } = reply;
  if (refundId === '') return { reason: { code: 'BAD_REPLY', gatewayText: 'refund_id' } };

  const couponSaid = partOf(refundFen, reply.coupon_refund_fee) ?? fen(0);
  const cashFen = partOf(refundFen, reply.cash_refund_fee) ?? fen(refundFen - couponSaid);
  return { refund: { refundId, transactionId, refundFen, cashFen, couponFen: fen(refundFen - cashFen) } };
}

/** The first field that is not as it was asked for; undefined when all are. */
function otherValue(reply: Fields, asked: Pick<ExpectedRefund, 'outRefundNo' | 'totalFen' | 'refundFen'>) {
  if (reply.out_refund_no !== asked.outRefundNo) return 'out_refund_no';
  if (reply.total_fee !== String(asked.totalFen)) return 'total_fee';
  return reply.refund_fee === String(asked.refundFen) ? undefined : 'refund_fee';
}
