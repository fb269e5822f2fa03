import { type Fen, fen, SALE_MAX_FEN } from '../../../../core/money.ts';
import type { FoundRefunds, RefundQueryAnswer, RefundReason, RefundRecord } from '../../../../core/refund-answer.ts';
import type { RefundQuestion } from '../../gateway.ts';
import { findRule } from '../errors/find-rule.ts';
import {
  REFUND_QUERY_ERRORS,
  REFUND_QUERY_INVALID_REQUESTS,
  REFUND_QUERY_UNLISTED,
  REFUND_STATES,
} from '../errors/refund-query-errors.ts';
import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust } from './check-reply.ts';
import { partOf } from './part-of.ts';
import { reason } from './reason.ts';

const RULES = {
  table: REFUND_QUERY_ERRORS,
  invalidRequests: REFUND_QUERY_INVALID_REQUESTS,
  unlisted: REFUND_QUERY_UNLISTED,
};
/** An order takes 50 refunds; a reply that counts more is not read to its end. */
const REFUNDS_MAX = 50;

/** Who asked, and what for. */
export interface ExpectedRefunds extends Merchant {
  readonly question: RefundQuestion;
}

/**
 * What a reply of refundquery says. FOUND is signed, and about what was asked: the one refund of that number, or the
 * refunds of that order. A refund it announces and does not describe, or an amount that cannot be, is UNKNOWN.
 */
export function readRefundQueryAnswer(reply: Fields, expected: ExpectedRefunds): RefundQueryAnswer {
  const { question, apiKey } = expected;
  const distrusted = distrust(reply, { ...expected, ...('order' in question ? question.order : {}) });
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') {
    const read = readFound(reply, question);
    return 'found' in read ? { verdict: 'FOUND', ...read } : { verdict: 'UNKNOWN', ...read };
  }
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  if (rule.does === 'not-found') return { verdict: 'NOT_FOUND' };
  return { verdict: 'UNKNOWN', reason: reason(rule.reason ?? 'UNLISTED', errCode, text, apiKey) };
}

type ReadFound = { readonly found: FoundRefunds } | { readonly reason: RefundReason };

function readFound(reply: Fields, question: RefundQuestion): ReadFound {
  const { transaction_id: transactionId = '', out_trade_no: outTradeNo = '' } = reply;
  const totalFen = partOf(SALE_MAX_FEN, reply.total_fee);
  const count = countOf(reply.refund_count);
  if (transactionId === '') return badReply('transaction_id');
  if (outTradeNo === '') return badReply('out_trade_no');
  if (totalFen === undefined) return badReply('total_fee');
  if (count === undefined) return badReply('refund_count');

  const refunds: RefundRecord[] = [];
  for (let n = 0; n < count; n++) {
    const refund = readRefund(reply, n, totalFen);
    if (typeof refund === 'string') return badReply(refund);
    refunds.push(refund);
  }
  const asked = refunds.filter((refund) => isAskedFor(refund, question));
  if (asked.length === 0) return { reason: { code: 'REPLY_MISMATCH', gatewayText: 'refund_count' } };
  const totalCount = countOf(reply.total_refund_count);
  return { found: { transactionId, outTradeNo, totalFen, refunds: asked, totalCount } };
}

/** The nth refund, counted from 0, or the name of the field that cannot be read. */
function readRefund(reply: Fields, n: number, totalFen: Fen): RefundRecord | string {
  const outRefundNo = reply[`out_refund_no_${n}`] ?? '';
  const refundId = reply[`refund_id_${n}`] ?? '';
  const refundFen = partOf(totalFen, reply[`refund_fee_${n}`]);
  if (outRefundNo === '') return `out_refund_no_${n}`;
  if (refundId === '') return `refund_id_${n}`;
  if (refundFen === undefined || refundFen === fen(0)) return `refund_fee_${n}`;
  return {
    outRefundNo,
    refundId,
    state: REFUND_STATES.get(reply[`refund_status_${n}`] ?? '') ?? 'UNKNOWN',
    refundFen,
    // The API's own spelling.
    receivedBy: reply[`refund_recv_accout_${n}`] ?? '',
    succeededAt: reply[`refund_success_time_${n}`] ?? '',
  };
}

function isAskedFor(refund: RefundRecord, question: RefundQuestion): boolean {
  if ('outRefundNo' in question) return refund.outRefundNo === question.outRefundNo;
  return 'refundId' in question ? refund.refundId === question.refundId : true;
}

function countOf(value: string | undefined): number | undefined {
  return value !== undefined && /^[1-9]\d?$/.test(value) && Number(value) <= REFUNDS_MAX ? Number(value) : undefined;
}

function badReply(field: string): { readonly reason: RefundReason } {
  return { reason: { code: 'BAD_REPLY', gatewayText: field } };
}
