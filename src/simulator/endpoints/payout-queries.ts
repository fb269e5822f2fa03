import { beijingTime } from '../../core/time.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import type { Desk, Reply } from '../desk.ts';
import { answerAside } from '../payouts/make-payout.ts';
import type { SimPayout } from '../payouts/payout-book.ts';
import { brokenRule } from '../payouts/payout-fields.ts';

/** A payout is found for so long. */
const FOUND_FOR_MS = 30 * 86_400_000;

const RED_PACKET_STATES = { PENDING: 'SENT', DONE: 'RECEIVED', FAILED: 'FAILED', RETURNED: 'REFUND' } as const;
const BALANCE_STATES = { PENDING: 'PROCESSING', DONE: 'SUCCESS', FAILED: 'FAILED', RETURNED: 'FAILED' } as const;
const BANK_STATES = { PENDING: 'PROCESSING', DONE: 'SUCCESS', FAILED: 'FAILED', RETURNED: 'BANK_FAIL' } as const;

/** Says how a red packet stands, and who has opened it. */
export function gethbinfo(fields: Fields, desk: Desk, now: number): Reply {
  const broken = brokenRule(fields, { mch_billno: { maxBytes: 28 }, bill_type: { shape: /^MCHT$/ } });
  if (broken) return { kind: 'answer', answer: broken };
  const number = fields.mch_billno ?? '';
  return answerAside('gethbinfo', number, fields, desk, () => {
    const packet = desk.ledger.payouts.find('red-packet', number);
    return isFound(packet, now) ? packetAnswer(packet) : notFound();
  });
}

/** Says how a payment to a balance stands. */
export function gettransferinfo(fields: Fields, desk: Desk, now: number): Reply {
  const broken = brokenRule(fields, { partner_trade_no: { maxBytes: 32 } });
  if (broken) return { kind: 'answer', answer: broken };
  const number = fields.partner_trade_no ?? '';
  return answerAside('gettransferinfo', number, fields, desk, () => {
    const payment = desk.ledger.payouts.find('balance', number);
    return isFound(payment, now) ? balanceAnswer(payment) : notFound();
  });
}

/** Says how a payment to a bank card stands. */
export function queryBank(fields: Fields, desk: Desk): Reply {
  const broken = brokenRule(fields, { partner_trade_no: { shape: /^[0-9A-Za-z]{8,32}$/ } });
  if (broken) return { kind: 'answer', answer: broken };
  const number = fields.partner_trade_no ?? '';
  return answerAside('query_bank', number, fields, desk, () => {
    const payment = desk.ledger.payouts.find('bank', number);
    return payment ? bankAnswer(payment) : fail('ORDERNOTEXIST', '查询不到订单');
  });
}

function isFound(payout: SimPayout | undefined, now: number): payout is SimPayout {
  return payout !== undefined && now - payout.madeAt <= FOUND_FOR_MS;
}

function notFound(): Answer {
  return fail('NOT_FOUND', '指定单号数据不存在');
}

function packetAnswer(packet: SimPayout): Answer {
  const { number, gatewayNo, state, people, amountFen, madeAt, endedAt, texts } = packet;
  return {
    result: 'SUCCESS',
    fields: {
      mch_billno: number,
      detail_id: gatewayNo,
      status: RED_PACKET_STATES[state],
      send_type: 'API',
      hb_type: people === 1 ? 'NORMAL' : 'GROUP',
      total_num: String(people),
      total_amount: String(amountFen),
      ...(state === 'FAILED' ? { reason: '发放失败' } : {}),
      send_time: beijingTime(madeAt),
      ...(state === 'RETURNED' && endedAt !== undefined
        ? { refund_time: beijingTime(endedAt), refund_amount: String(amountFen) }
        : {}),
      wishing: texts.wishing ?? '',
      remark: texts.remark ?? '',
      act_name: texts.act_name ?? '',
    },
    nested: state === 'DONE' ? openedList(packet) : '<hblist></hblist>',
  };
}

/** All of it opened, in as many shares as it has: the last one has what does not divide. */
function openedList({ payee, people, amountFen, endedAt = 0 }: SimPayout): string {
  const shareFen = Math.floor(amountFen / people);
  const shares = Array.from({ length: people }, (_, nth) => (nth < people - 1 ? shareFen : amountFen - nth * shareFen));
  const lines = shares.map(
    (fen, nth) =>
      `<hbinfo><openid><![CDATA[${nth === 0 ? payee : `${payee.slice(0, 24)}-${nth}`}]]></openid>` +
      `<amount>${fen}</amount><rcv_time><![CDATA[${beijingTime(endedAt)}]]></rcv_time></hbinfo>`,
  );
  return `<hblist>${lines.join('')}</hblist>`;
}

function balanceAnswer({ number, gatewayNo, state, payee, amountFen, madeAt, endedAt, texts }: SimPayout): Answer {
  return {
    result: 'SUCCESS',
    fields: {
      partner_trade_no: number,
      detail_id: gatewayNo,
      status: BALANCE_STATES[state],
      ...(state === 'FAILED' ? { reason: '付款失败' } : {}),
      openid: payee,
      payment_amount: String(amountFen),
      transfer_time: beijingTime(madeAt),
      ...(state === 'DONE' && endedAt !== undefined ? { payment_time: beijingTime(endedAt) } : {}),
      desc: texts.desc ?? '',
    },
  };
}

/** The two digests are keyed here: an MD5 of a card number would give the number away to whoever tries them all. */
function bankAnswer({ number, gatewayNo, state, payee, amountFen, feeFen, madeAt, endedAt }: SimPayout): Answer {
  return {
    result: 'SUCCESS',
    fields: {
      partner_trade_no: number,
      payment_no: gatewayNo,
      bank_no_md5: payee.slice(0, 32),
      true_name_md5: payee.slice(0, 32),
      amount: String(amountFen),
      status: BANK_STATES[state],
      cmms_amt: String(feeFen),
      create_time: beijingTime(madeAt),
      ...(state === 'DONE' && endedAt !== undefined ? { pay_succ_time: beijingTime(endedAt) } : {}),
      ...(state === 'FAILED' || state === 'RETURNED' ? { reason: '银行卡信息有误' } : {}),
    },
  };
}
