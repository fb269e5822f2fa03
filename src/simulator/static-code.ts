import { type Fen, fen } from '../core/money.ts';
import type { Opening } from './ledger/events.ts';
import type { Ledger } from './ledger/ledger.ts';

/**
 * A payment on the printed code at the counter. WeChat Pay makes up the merchant's order number by itself, so no till
 * knows it: only the customer's phone and the bill say that it was paid.
 */
export function staticOpening(ledger: Pick<Ledger, 'nextTransactionId'>, amountFen: Fen, now: number): Opening {
  const transactionId = ledger.nextTransactionId(now);
  const outTradeNo = `1000${transactionId.slice(-24)}`;
  return {
    outTradeNo,
    askedAt: now,
    transactionId,
    amountFen,
    couponFen: fen(0),
    // No payment code was spent on it; what stands in its place belongs to no other order.
    codeHash: outTradeNo,
    requestHash: outTradeNo,
    scenario: 'static-code',
    openid: `oSim${transactionId.slice(-24)}`,
    bankType: 'OTHERS',
    deviceInfo: '',
    attach: null,
    body: '',
    tradeType: 'JSAPI',
    plan: { act: { kind: 'pays' }, at: now, paysOnReverse: false },
  };
}
