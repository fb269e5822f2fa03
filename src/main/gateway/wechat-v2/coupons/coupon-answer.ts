import type {
  Coupon,
  CouponQueryAnswer,
  CouponReason,
  CouponSendAnswer,
  CouponStock,
  CouponStockAnswer,
} from '../../../../core/coupon-answer.ts';
import { SALE_MAX_FEN } from '../../../../core/money.ts';
import type { CouponSending } from '../../payout-gateway.ts';
import { distrust } from '../answers/check-reply.ts';
import { partOf } from '../answers/part-of.ts';
import { reason } from '../answers/reason.ts';
import {
  COUPON_QUERY_ERRORS,
  COUPON_QUERY_UNLISTED,
  COUPON_SEND_ERRORS,
  COUPON_SEND_UNLISTED,
} from '../errors/coupon-errors.ts';
import { findRule } from '../errors/find-rule.ts';
import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';

const SEND_RULES = { table: COUPON_SEND_ERRORS, invalidRequests: [], unlisted: COUPON_SEND_UNLISTED };
const QUERY_RULES = { table: COUPON_QUERY_ERRORS, invalidRequests: [], unlisted: COUPON_QUERY_UNLISTED };
const SEND_VERDICTS = { refuse: 'REFUSED', again: 'AGAIN', unsure: 'UNKNOWN' } as const;

/** What a reply of send_coupon says. SENT is signed, counts one success, and names the coupon. */
export function readCouponSendAnswer(reply: Fields, merchant: Merchant, sending: CouponSending): CouponSendAnswer {
  const distrusted = distrust(reply, merchant);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'FAIL') {
    const { err_code: errCode = '', err_code_des: text = '' } = reply;
    const rule = findRule(SEND_RULES, errCode, text);
    return {
      verdict: SEND_VERDICTS[rule.does],
      reason: reason(rule.reason ?? 'UNLISTED', errCode, text, merchant.apiKey),
    };
  }
  const wrong = otherValue(reply, { coupon_stock_id: sending.stockId, openid: sending.openid, success_count: '1' });
  if (wrong !== undefined) return { verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH', gatewayText: wrong } };
  const { coupon_id: couponId = '' } = reply;
  return couponId === ''
    ? { verdict: 'UNKNOWN', reason: { code: 'BAD_REPLY', gatewayText: 'coupon_id' } }
    : { verdict: 'SENT', couponId };
}

/** What a reply of query_coupon_stock says. */
export function readCouponStockAnswer(reply: Fields, merchant: Merchant, stockId: string): CouponStockAnswer {
  const none = whyNothing(reply, merchant);
  if (none) return none;
  const wrong = otherValue(reply, { coupon_stock_id: stockId });
  if (wrong !== undefined) return { verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH', gatewayText: wrong } };
  const stock = readStock(reply, stockId);
  return stock ? { verdict: 'FOUND', stock } : { verdict: 'UNKNOWN', reason: NO_VALUE };
}

/** What a reply of querycouponsinfo says. */
export function readCouponQueryAnswer(
  reply: Fields,
  merchant: Merchant,
  asked: { readonly couponId: string; readonly stockId: string },
): CouponQueryAnswer {
  const none = whyNothing(reply, merchant);
  if (none) return none;
  const wrong = otherValue(reply, { coupon_id: asked.couponId });
  if (wrong !== undefined) return { verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH', gatewayText: wrong } };
  const coupon = readCoupon(reply, asked);
  return coupon ? { verdict: 'FOUND', coupon } : { verdict: 'UNKNOWN', reason: NO_VALUE };
}

const NO_VALUE: CouponReason = { code: 'BAD_REPLY', gatewayText: 'coupon_value' };

/** coupon_stock_status: bits, of which one is set. */
const STOCK_STATES: ReadonlyMap<string, CouponStock['state']> = new Map([
  ['1', 'inactive'],
  ['2', 'in-approval'],
  ['4', 'active'],
  ['8', 'void'],
  ['16', 'stopped'],
]);

/** coupon_state, in words and in the figures of older papers. */
const COUPON_STATES: ReadonlyMap<string, Coupon['state']> = new Map([
  ['SENDED', 'sent'],
  ['USED', 'used'],
  ['EXPIRED', 'expired'],
  ['2', 'sent'],
  ['4', 'used'],
  ['8', 'expired'],
]);

type Nothing = { readonly verdict: 'NOT_FOUND' } | { readonly verdict: 'UNKNOWN'; readonly reason: CouponReason };

function whyNothing(reply: Fields, merchant: Merchant): Nothing | undefined {
  const distrusted = distrust(reply, merchant);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') return undefined;
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(QUERY_RULES, errCode, text);
  if (rule.does === 'not-found') return { verdict: 'NOT_FOUND' };
  return { verdict: 'UNKNOWN', reason: reason(rule.reason ?? 'UNLISTED', errCode, text, merchant.apiKey) };
}

function readStock(reply: Fields, stockId: string): CouponStock | undefined {
  const amounts = readAmounts(reply);
  return (
    amounts && {
      stockId,
      name: reply.coupon_name ?? '',
      ...amounts,
      state: STOCK_STATES.get(reply.coupon_stock_status ?? '') ?? 'unknown',
      total: countOf(reply.coupon_total),
      perCustomerMax: countOf(reply.max_quota),
      sent: countOf(reply.is_send_num),
      used: countOf(reply.used_num),
      beginsAt: reply.begin_time ?? '',
      endsAt: reply.end_time ?? '',
    }
  );
}

function readCoupon(reply: Fields, { couponId, stockId }: { couponId: string; stockId: string }): Coupon | undefined {
  const amounts = readAmounts(reply);
  return (
    amounts && {
      couponId,
      stockId,
      name: reply.coupon_name ?? '',
      ...amounts,
      state: COUPON_STATES.get(reply.coupon_state ?? '') ?? 'unknown',
      beginsAt: reply.begin_time ?? '',
      endsAt: reply.end_time ?? '',
      sentAt: reply.send_time ?? '',
      usedAt: reply.use_time ?? '',
    }
  );
}

/** The minimum is spelled in two ways by the API itself, and neither is a word. */
function readAmounts(reply: Fields): Pick<Coupon, 'valueFen' | 'minimumFen'> | undefined {
  const valueFen = partOf(SALE_MAX_FEN, reply.coupon_value);
  const minimumFen = partOf(SALE_MAX_FEN, reply.coupon_mininumn ?? reply.coupon_mininum ?? '0');
  return valueFen === undefined || minimumFen === undefined ? undefined : { valueFen, minimumFen };
}

/** Figures for people: one that cannot be read is 0. */
function countOf(text: string | undefined): number {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : 0;
}

/** The first field that is not as it was asked for; undefined when all are. */
function otherValue(reply: Fields, asked: Fields): string | undefined {
  return Object.keys(asked).find((name) => reply[name] !== asked[name]);
}
