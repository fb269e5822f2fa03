import type { Reason } from '../../../../core/gateway-answer.ts';
import { SALE_MAX_FEN } from '../../../../core/money.ts';
import type { FoundOrder, OrderLookUp } from '../../../../core/order-look-up.ts';
import type { OrderRef } from '../../gateway.ts';
import { findRule } from '../errors/find-rule.ts';
import { QUERY_ERRORS, QUERY_INVALID_REQUESTS, QUERY_UNLISTED, TRADE_STATES } from '../errors/query-errors.ts';
import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust } from './check-reply.ts';
import { partOf } from './part-of.ts';
import { reason } from './reason.ts';
import { type ReadSettlement, readSettlement } from './settlement.ts';

const RULES = { table: QUERY_ERRORS, invalidRequests: QUERY_INVALID_REQUESTS, unlisted: QUERY_UNLISTED };

/** Who asked, and for which order. */
export interface ExpectedLookUp extends Merchant {
  readonly ref: OrderRef;
}

/**
 * What a reply of orderquery says of an order whose amount is not known here. FOUND is signed and about the number
 * that was asked for; PAID in it names both numbers and the amount. Whatever leaves a doubt is UNKNOWN.
 */
export function readLookUpAnswer(reply: Fields, expected: ExpectedLookUp): OrderLookUp {
  const distrusted = distrust(reply, { ...expected, ...expected.ref });
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') {
    const read = readFound(reply, expected);
    return 'order' in read ? { verdict: 'FOUND', ...read } : { verdict: 'UNKNOWN', ...read };
  }
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  if (rule.does === 'not-found') return { verdict: 'NOT_FOUND' };
  return { verdict: 'UNKNOWN', reason: reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey) };
}

type ReadFound = { readonly order: FoundOrder } | { readonly reason: Reason };

function readFound(reply: Fields, expected: ExpectedLookUp): ReadFound {
  const { ref } = expected;
  const outTradeNo = reply.out_trade_no || ('outTradeNo' in ref ? ref.outTradeNo : '');
  if (outTradeNo === '') return { reason: { code: 'BAD_REPLY', gatewayText: 'out_trade_no' } };
  const rule = TRADE_STATES.get(reply.trade_state ?? '');
  const money = rule?.state === 'PAID' || rule?.state === 'REFUNDED' ? readMoney(reply, expected) : undefined;
  if (money && 'reason' in money && rule?.state === 'PAID') return money;

  // Cleaned and cut as any words of the gateway's that go into a log or onto a screen.
  const words = reason('UNLISTED', reply.trade_state ?? '', reply.trade_state_desc ?? '', expected.apiKey);
  const transactionId = reply.transaction_id || ('transactionId' in ref ? ref.transactionId : '');
  return {
    order: {
      state: rule?.state ?? 'UNKNOWN',
      gatewayState: words.gatewayCode ?? '',
      gatewayText: words.gatewayText ?? '',
      outTradeNo,
      ...(transactionId === '' ? {} : { transactionId }),
      ...(money && 'settlement' in money ? money : {}),
      tradeType: reply.trade_type ?? '',
      deviceInfo: reply.device_info ?? '',
      attach: reply.attach ?? '',
    },
  };
}

/** The money by the reply's own amount: there is no order here to hold it against. */
function readMoney(reply: Fields, expected: ExpectedLookUp): ReadSettlement {
  const amountFen = partOf(SALE_MAX_FEN, reply.total_fee);
  if (amountFen === undefined || amountFen === 0) return { reason: { code: 'BAD_REPLY', gatewayText: 'total_fee' } };
  return readSettlement(reply, { ...expected, ...expected.ref, amountFen });
}
