import { fen } from '../../core/money.ts';
import { beijingDay } from '../../core/time.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import type { SideEndpointName } from '../behaviour/side-faults.ts';
import type { Desk, Reply } from '../desk.ts';
import { answerAside, makePayout, type PayoutWish } from '../payouts/make-payout.ts';
import { AMOUNT, brokenRule, type FieldRule, OPENID } from '../payouts/payout-fields.ts';

const RULES: Readonly<Record<string, FieldRule>> = {
  mch_billno: { shape: /^[0-9A-Za-z]{1,28}$/ },
  send_name: { maxBytes: 32 },
  re_openid: {},
  total_amount: AMOUNT,
  total_num: { shape: /^[1-9]\d?$/ },
  wishing: { maxBytes: 128 },
  act_name: { maxBytes: 32 },
  remark: { maxBytes: 256 },
  scene_id: { optional: true, shape: /^PRODUCT_[1-8]$/ },
  risk_info: { optional: true, maxBytes: 128 },
};

/** A share outside of these needs a scene, and the widest limit that is ever agreed on. */
const SHARE_FEN = { from: 100, to: 20_000 };
const SHARE_WITH_SCENE_FEN = { from: 1, to: 499_900 };
const PEOPLE = { from: 3, to: 20 };
/** What the merchant platform presets. */
const PER_CUSTOMER_AND_DAY_MAX = 10;
const UNOPENED_FOR_MS = 86_400_000;

/** Sends one customer a red packet. */
export function sendredpack(fields: Fields, desk: Desk, now: number): Reply {
  return send('sendredpack', fields, desk, now, () => {
    const broken = brokenRule(fields, { ...RULES, client_ip: {} });
    return broken ?? (fields.total_num === '1' ? undefined : fail('PARAM_ERROR', '参数错误:total_num必须为1'));
  });
}

/** Sends a red packet for several; the one it is sent to hands it on. */
export function sendgroupredpack(fields: Fields, desk: Desk, now: number): Reply {
  return send('sendgroupredpack', fields, desk, now, () => {
    const people = Number(fields.total_num);
    const broken = brokenRule(fields, { ...RULES, amt_type: { shape: /^ALL_RAND$/ } });
    if (broken) return broken;
    return people >= PEOPLE.from && people <= PEOPLE.to
      ? undefined
      : fail('PARAM_ERROR', '参数错误:total_num必须为3至20');
  });
}

function send(
  endpoint: SideEndpointName,
  fields: Fields,
  desk: Desk,
  now: number,
  refusal: () => Answer | undefined,
): Reply {
  const refused = refusal();
  if (refused) return { kind: 'answer', answer: refused };
  return answerAside(endpoint, fields.mch_billno ?? '', fields, desk, () => sendAnswer(fields, desk, now));
}

function sendAnswer(fields: Fields, desk: Desk, now: number): Answer {
  const { mch_billno: number = '', re_openid: payee = '', scene_id: scene, total_num } = fields;
  const amountFen = fen(Number(fields.total_amount));
  const people = Number(total_num);
  if (!OPENID.test(payee)) return fail('OPENID_ERROR', 'openid和appid不匹配');
  const shareFen = amountFen / people;
  const limits = scene ? SHARE_WITH_SCENE_FEN : SHARE_FEN;
  if (shareFen < limits.from || shareFen > limits.to) return fail('MONEY_LIMIT', '发送红包金额不在限制范围内');
  const isNew = desk.ledger.payouts.find('red-packet', number) === undefined;
  const sentToday = desk.ledger.payouts.packetsTo(payee, beijingDay(now).from);
  if (isNew && sentToday >= PER_CUSTOMER_AND_DAY_MAX) return fail('SENDNUM_LIMIT', '该用户今日领取红包个数超过限制');

  const wish: PayoutWish = {
    family: 'red-packet',
    number,
    amountFen,
    feeFen: fen(0),
    payee,
    people,
    texts: textsOf(fields),
    plan: planOf(desk, now),
  };
  const packet = makePayout(wish, fields, desk, now);
  if ('result' in packet) return packet;
  if (packet.state === 'FAILED') return fail('SEND_FAILED', '红包发放失败,请更换单号再重试');
  return {
    result: 'SUCCESS',
    fields: {
      mch_billno: number,
      re_openid: payee,
      total_amount: String(packet.amountFen),
      send_listid: packet.gatewayNo,
    },
  };
}

function planOf({ payouts }: Desk, now: number): PayoutWish['plan'] {
  const { end, delayMs } = payouts;
  return { end, at: now + (end === 'RETURNED' ? UNOPENED_FOR_MS : delayMs) };
}

function textsOf({ send_name = '', wishing = '', act_name = '', remark = '' }: Fields): Record<string, string> {
  return { send_name, wishing, act_name, remark };
}
