import { fen } from '../../core/money.ts';
import { beijingTime } from '../../core/time.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import type { Desk, Reply } from '../desk.ts';
import { answerAside, makePayout } from '../payouts/make-payout.ts';
import { AMOUNT, brokenRule, type FieldRule, OPENID } from '../payouts/payout-fields.ts';

const RULES: Readonly<Record<string, FieldRule>> = {
  partner_trade_no: { shape: /^[0-9A-Za-z]{1,32}$/ },
  openid: {},
  check_name: { shape: /^(NO|FORCE)_CHECK$/ },
  re_user_name: { optional: true, maxBytes: 64 },
  amount: AMOUNT,
  desc: { maxBytes: 100 },
  spbill_create_ip: {},
};

/** The upper one was lowered again and again; the highest that was ever documented. */
const PAYMENT_FEN = { from: 30, to: 2_000_000 };

/** Pays to a customer's balance, at once: an answer that says SUCCESS is the end of it. */
export function transfers(fields: Fields, desk: Desk, now: number): Reply {
  const broken = brokenRule(fields, RULES);
  if (broken) return { kind: 'answer', answer: broken };
  return answerAside('transfers', fields.partner_trade_no ?? '', fields, desk, () => payAnswer(fields, desk, now));
}

function payAnswer(fields: Fields, desk: Desk, now: number): Answer {
  const { partner_trade_no: number = '', openid: payee = '', check_name: check, re_user_name: name = '' } = fields;
  const amountFen = fen(Number(fields.amount));
  if (!OPENID.test(payee)) return fail('OPENID_ERROR', 'openid与商户appid不匹配');
  if (check === 'FORCE_CHECK' && name === '') return fail('PARAM_ERROR', '参数错误:收款用户姓名不能为空');
  if (amountFen < PAYMENT_FEN.from || amountFen > PAYMENT_FEN.to) return fail('AMOUNT_LIMIT', '付款金额超出限制');

  const { end } = desk.payouts;
  // Once it has arrived it does not come back: only a failure can be played here.
  const plan = { at: now, end: end === 'FAILED' ? end : ('DONE' as const) };
  const texts = { desc: fields.desc ?? '' };
  const wish = { family: 'balance' as const, number, amountFen, feeFen: fen(0), payee, people: 1, texts, plan };
  const payment = makePayout(wish, fields, desk, now);
  if ('result' in payment) return payment;
  if (payment.state === 'FAILED') return fail('SEND_FAILED', '付款失败，请更换单号重试');
  return {
    result: 'SUCCESS',
    fields: {
      partner_trade_no: number,
      payment_no: payment.gatewayNo,
      payment_time: beijingTime(payment.endedAt ?? payment.madeAt),
    },
  };
}
