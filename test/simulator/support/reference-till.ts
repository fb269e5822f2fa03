import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { type Counter, isSigned } from './counter.ts';

/*
 * The simplest till that is right, written apart from ours: what is not a proof of payment is asked about until the
 * deadline and then taken back until it is certain. The scenarios are held against it.
 */

const POLL_MS = 3_000;
const GIVE_UP_MS = 45_000;
const REVERSE_AGAIN_MS = 5_000;
const REVERSALS_MAX = 20;
const LATE_LOOK_MS = 90_000;
const LATE_LOOKS_MAX = 20;

export type Ending = 'paid' | 'unpaid' | 'stuck';

export function sell(counter: Counter, outTradeNo: string, code: string, amountFen = 888): Ending {
  const startedAt = counter.now();
  const isPaid = (answer: Fields | undefined) => isProof(answer, outTradeNo, amountFen);

  const answer = counter.pay(outTradeNo, code, { total_fee: String(amountFen) });
  if (isPaid(answer)) return 'paid';
  while (counter.now() < startedAt + GIVE_UP_MS) {
    counter.pass(POLL_MS);
    const queried = counter.query(outTradeNo);
    if (isPaid(queried) && queried?.trade_state === 'SUCCESS') return 'paid';
  }
  if (!takeBack(counter, outTradeNo)) return 'stuck';
  counter.pass(Math.max(0, startedAt + LATE_LOOK_MS - counter.now()));
  if (isGone(lookUntilSigned(counter, outTradeNo))) return 'unpaid';
  return takeBack(counter, outTradeNo) ? 'unpaid' : 'stuck';
}

function lookUntilSigned(counter: Counter, outTradeNo: string): Fields | undefined {
  for (let look = 0; look < LATE_LOOKS_MAX; look++) {
    const answer = counter.query(outTradeNo);
    if (answer && isSigned(answer) && answer.err_code !== 'SYSTEMERROR') return answer;
    counter.pass(POLL_MS);
  }
  return undefined;
}

/** Nothing can be charged any more. An order that came in late is not gone, paid or not. */
function isGone(answer: Fields | undefined): boolean {
  return answer?.err_code === 'ORDERNOTEXIST' || answer?.trade_state === 'REVOKED';
}

function takeBack(counter: Counter, outTradeNo: string): boolean {
  for (let attempt = 0; attempt < REVERSALS_MAX; attempt++) {
    const answer = counter.reverse(outTradeNo);
    if (answer && isSigned(answer) && answer.recall === 'N') return answer.result_code === 'SUCCESS';
    counter.pass(REVERSE_AGAIN_MS);
  }
  return false;
}

function isProof(answer: Fields | undefined, outTradeNo: string, amountFen: number): boolean {
  if (!answer || !isSigned(answer) || answer.return_code !== 'SUCCESS' || answer.result_code !== 'SUCCESS')
    return false;
  if (answer.trade_state !== undefined && answer.trade_state !== 'SUCCESS') return false;
  return answer.out_trade_no === outTradeNo && answer.total_fee === String(amountFen);
}
