import { fen } from '../../core/money.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import type { Desk, Reply } from '../desk.ts';
import { answerAside, feeOf, makePayout } from '../payouts/make-payout.ts';
import { AMOUNT, brokenRule, type FieldRule } from '../payouts/payout-fields.ts';

const RULES: Readonly<Record<string, FieldRule>> = {
  partner_trade_no: { shape: /^[0-9A-Za-z]{8,32}$/ },
  enc_bank_no: {},
  enc_true_name: {},
  bank_code: { shape: /^\d{4}$/ },
  amount: AMOUNT,
  desc: { optional: true, maxBytes: 100 },
};

const PAYMENT_MAX_FEN = 5_000_000;
const CARD_NUMBER = /^\d{12,20}$/;

/** Accepts a payment to a bank card, which the bank does later. */
export function payBank(fields: Fields, desk: Desk, now: number): Reply {
  const broken = brokenRule(fields, RULES);
  if (broken) return { kind: 'answer', answer: broken };
  return answerAside('pay_bank', fields.partner_trade_no ?? '', fields, desk, () => payAnswer(fields, desk, now));
}

function payAnswer(fields: Fields, desk: Desk, now: number): Answer {
  const { partner_trade_no: number = '', amount = '', enc_bank_no: encCard = '', enc_true_name: encName = '' } = fields;
  const [card, holder] = [desk.vault.open(encCard), desk.vault.open(encName)];
  if (!card || !holder) return fail('PARAM_ERROR', '银行卡号或姓名解密失败');
  if (!CARD_NUMBER.test(card)) return fail('PARAM_ERROR', '银行卡号不正确');
  const amountFen = fen(Number(amount));
  if (amountFen > PAYMENT_MAX_FEN) return fail('AMOUNT_LIMIT', '超过单笔付款限额');

  const { end, delayMs } = desk.payouts;
  const payment = makePayout(
    {
      family: 'bank',
      number,
      amountFen,
      feeFen: feeOf(amountFen),
      payee: desk.hash(`${card} ${holder}`),
      people: 1,
      texts: { desc: fields.desc ?? '' },
      plan: { at: now + delayMs, end },
    },
    fields,
    desk,
    now,
  );
  if ('result' in payment) return payment;
  const { gatewayNo, feeFen } = payment;
  return {
    result: 'SUCCESS',
    fields: { partner_trade_no: number, amount, payment_no: gatewayNo, cmms_amt: String(feeFen) },
  };
}

/** Gives the key that card numbers and names are encrypted with. */
export function getpublickey(fields: Fields, desk: Desk): Reply {
  const broken = brokenRule(fields, {});
  if (broken) return { kind: 'answer', answer: broken };
  return answerAside('getpublickey', fields.mch_id ?? '', fields, desk, () => ({
    result: 'SUCCESS',
    fields: { pub_key: desk.vault.publicKeyPem() },
  }));
}
