import type { BareReply, Behaviour, Customer, DeformedReply, Fault } from './behaviour.ts';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** A kind of customer, or of bad day, that a payment code stands for. */
export interface Scenario extends Ending {
  readonly id: string;
  /** Two digits, for ever: codes are printed on training cards. */
  readonly number: string;
  readonly title: Bilingual;
  readonly behaviour: Behaviour;
}

interface Ending {
  /**
   * Where the money is when a right till has done all it owes. paid: taken once and kept. unpaid: never taken, or
   * given back. stuck: taken, and the reversal is refused, so a person has to look.
   */
  readonly outcome: 'paid' | 'unpaid' | 'stuck';
  /** What a right till ends with, for people. */
  readonly expect: Bilingual;
}

const PAID: Ending = { outcome: 'paid', expect: { zh: '支付成功', en: 'Paid.' } };
const FOUND_PAID: Ending = {
  outcome: 'paid',
  expect: { zh: '先不确定，查询后支付成功', en: 'Uncertain at first; a query finds it paid.' },
};
const TAKEN_BACK: Ending = {
  outcome: 'unpaid',
  expect: { zh: '先不确定，撤销后未收款', en: 'Uncertain at first; taken back, nothing charged.' },
};
const RETURNED: Ending = {
  outcome: 'unpaid',
  expect: { zh: '最后一刻已扣款，撤销后退回顾客', en: 'Charged at the last moment; the reversal gives it back.' },
};
const ANOTHER_WAY: Ending = {
  outcome: 'unpaid',
  expect: { zh: '未收款，请顾客换一种方式', en: 'Declined, nothing charged; the customer pays another way.' },
};
const FRESH_CODE: Ending = {
  outcome: 'unpaid',
  expect: { zh: '未收款，请顾客刷新付款码', en: 'Declined, nothing charged; the customer shows a fresh code.' },
};
const STUCK: Ending = {
  outcome: 'stuck',
  expect: {
    zh: '钱已收且无法撤销，需要人工处理',
    en: 'The money came in and cannot be taken back: a person has to look.',
  },
};

const LOST: BareReply = { kind: 'lost' };
const SYSTEM_ERROR: BareReply = { kind: 'error', errCode: 'SYSTEMERROR' };

/** Every scenario, in the order of their numbers. */
export const SCENARIOS: readonly Scenario[] = [
  { number: '00', id: 'pays', title: { zh: '立即支付', en: 'Pays at once' }, ...PAID, behaviour: who('pays-at-once') },
  {
    number: '01',
    id: 'coupon',
    title: { zh: '使用代金券支付', en: 'Pays with a coupon' },
    ...PAID,
    behaviour: { customer: { kind: 'pays-at-once', withCoupon: true } },
  },
  {
    number: '02',
    id: 'password',
    title: { zh: '输入密码后支付', en: 'Types a password, then pays' },
    ...FOUND_PAID,
    behaviour: who('types-then-pays'),
  },
  {
    number: '03',
    id: 'password-cancels',
    title: { zh: '输入密码时取消', en: 'Cancels at the password' },
    ...TAKEN_BACK,
    behaviour: who('types-then-cancels'),
  },
  {
    number: '04',
    id: 'walks-away',
    title: { zh: '不输密码就离开', en: 'Walks away from the password' },
    ...TAKEN_BACK,
    behaviour: who('walks-away'),
  },
  {
    number: '05',
    id: 'pays-late',
    title: { zh: '撤销瞬间才支付', en: 'Pays just as it is taken back' },
    ...RETURNED,
    behaviour: who('pays-at-reversal'),
  },
  {
    number: '10',
    id: 'not-enough',
    title: { zh: '余额不足', en: 'Balance too low' },
    ...ANOTHER_WAY,
    behaviour: refused('NOTENOUGH'),
  },
  {
    number: '11',
    id: 'code-expired',
    title: { zh: '付款码已过期', en: 'Code expired' },
    ...FRESH_CODE,
    behaviour: refused('AUTHCODEEXPIRE'),
  },
  {
    number: '12',
    id: 'code-used',
    title: { zh: '付款码已使用', en: 'Code already used' },
    ...FRESH_CODE,
    behaviour: refused('AUTH_CODE_ERROR'),
  },
  {
    number: '13',
    id: 'code-invalid',
    title: { zh: '付款码无效', en: 'Code invalid' },
    ...FRESH_CODE,
    behaviour: refused('AUTH_CODE_INVALID'),
  },
  {
    number: '14',
    id: 'card-not-supported',
    title: { zh: '不支持的卡', en: 'Card not supported' },
    ...ANOTHER_WAY,
    behaviour: refused('NOTSUPORTCARD'),
  },
  {
    number: '15',
    id: 'trade-refused',
    title: { zh: '交易被拒绝', en: 'Trade refused' },
    ...ANOTHER_WAY,
    behaviour: refused('TRADE_ERROR'),
  },
  {
    number: '16',
    id: 'pay-error',
    title: { zh: '输入密码后银行扣款失败', en: 'The bank refuses after the password' },
    ...TAKEN_BACK,
    behaviour: who('bank-refuses'),
  },
  {
    number: '20',
    id: 'system-error-moved',
    title: { zh: '系统错误，已扣款', en: 'SYSTEMERROR, money moved' },
    ...FOUND_PAID,
    behaviour: moved(SYSTEM_ERROR),
  },
  {
    number: '21',
    id: 'system-error',
    title: { zh: '系统错误，未扣款', en: 'SYSTEMERROR, money not moved' },
    ...TAKEN_BACK,
    behaviour: notMoved(SYSTEM_ERROR),
  },
  {
    number: '22',
    id: 'bank-error-moved',
    title: { zh: '银行超时，已扣款', en: 'BANKERROR, money moved' },
    ...FOUND_PAID,
    behaviour: moved({ kind: 'error', errCode: 'BANKERROR' }),
  },
  {
    number: '23',
    id: 'bank-error',
    title: { zh: '银行超时，未扣款', en: 'BANKERROR, money not moved' },
    ...TAKEN_BACK,
    behaviour: refused('BANKERROR'),
  },
  {
    number: '24',
    id: 'fail-but-paid',
    title: { zh: '返回失败，实际已扣款', en: 'Says FAIL although the money moved' },
    ...FOUND_PAID,
    behaviour: moved({ kind: 'error', errCode: 'NOTENOUGH' }),
  },
  {
    number: '25',
    id: 'unlisted-error',
    title: { zh: '未列出的错误码，未扣款', en: 'An error code in no list, money not moved' },
    ...TAKEN_BACK,
    behaviour: refused('RULELIMIT'),
  },
  {
    number: '26',
    id: 'return-fail',
    title: { zh: '通信失败，未扣款', en: 'return_code FAIL, money not moved' },
    ...TAKEN_BACK,
    behaviour: notMoved({ kind: 'return-fail', returnMsg: 'system error' }),
  },
  {
    number: '27',
    id: 'bad-gateway',
    title: { zh: 'HTTP 502，已扣款', en: 'HTTP 502, money moved' },
    ...FOUND_PAID,
    behaviour: moved({ kind: 'http', status: 502 }),
  },
  {
    number: '30',
    id: 'reply-lost',
    title: { zh: '应答丢失，已扣款', en: 'Reply lost, money moved' },
    ...FOUND_PAID,
    behaviour: moved(LOST),
  },
  {
    number: '31',
    id: 'request-lost',
    title: { zh: '请求丢失，未扣款', en: 'Request lost, money not moved' },
    ...TAKEN_BACK,
    behaviour: notMoved(LOST),
  },
  {
    number: '32',
    id: 'arrives-late',
    title: { zh: '请求很久后才到达', en: 'The request arrives long after' },
    ...RETURNED,
    behaviour: { ...who('pays-at-once'), micropay: { work: 'late' } },
  },
  {
    number: '33',
    id: 'slow',
    title: { zh: '应答很慢', en: 'A slow reply' },
    ...PAID,
    behaviour: moved({ kind: 'slow' }),
  },
  {
    number: '40',
    id: 'garbled',
    title: { zh: '应答残缺，已扣款', en: 'Garbled reply, money moved' },
    ...FOUND_PAID,
    behaviour: moved({ kind: 'garbled' }),
  },
  {
    number: '41',
    id: 'bad-sign',
    title: { zh: '应答签名错误，已扣款', en: 'Wrongly signed reply, money moved' },
    ...FOUND_PAID,
    behaviour: moved({ kind: 'bad-sign' }),
  },
  {
    number: '42',
    id: 'unsigned',
    title: { zh: '应答没有签名，已扣款', en: 'Unsigned reply, money moved' },
    ...FOUND_PAID,
    behaviour: moved({ kind: 'unsigned' }),
  },
  {
    number: '43',
    id: 'wrong-amount',
    title: { zh: '应答金额不符，已扣款', en: 'Wrong amount in the reply, money moved' },
    ...FOUND_PAID,
    behaviour: moved({ kind: 'wrong-amount' }),
  },
  {
    number: '50',
    id: 'query-error',
    title: { zh: '应答丢失，三次查询出错', en: 'Reply lost, and three queries fail' },
    ...FOUND_PAID,
    behaviour: { ...moved(LOST), orderquery: { fault: { work: 'skipped', reply: SYSTEM_ERROR }, times: 3 } },
  },
  {
    number: '51',
    id: 'query-lost',
    title: { zh: '应答丢失，三次查询也丢失', en: 'Reply lost, and three queries lost' },
    ...FOUND_PAID,
    behaviour: { ...moved(LOST), orderquery: { fault: { work: 'skipped', reply: LOST }, times: 3 } },
  },
  {
    number: '60',
    id: 'reverse-error',
    title: { zh: '顾客取消，两次撤销系统错误', en: 'Cancels, and two reversals answer SYSTEMERROR' },
    ...TAKEN_BACK,
    behaviour: reversing('types-then-cancels', { work: 'skipped', reply: SYSTEM_ERROR }, 2),
  },
  {
    number: '61',
    id: 'reverse-recall',
    title: { zh: '顾客取消，两次撤销要求重试', en: 'Cancels, and two reversals ask to be called again' },
    ...TAKEN_BACK,
    behaviour: reversing('types-then-cancels', { work: 'skipped', reply: { kind: 'recall' } }, 2),
  },
  {
    number: '62',
    id: 'reverse-lost',
    title: { zh: '撤销成功，但两次应答丢失', en: 'Reversed, but two replies are lost' },
    ...RETURNED,
    behaviour: reversing('pays-at-reversal', { work: 'done', reply: LOST }, 2),
  },
  {
    number: '63',
    id: 'reverse-refused',
    title: { zh: '已扣款，撤销被拒绝', en: 'Charged, and the reversal is refused' },
    ...STUCK,
    behaviour: reversing(
      'pays-at-reversal',
      { work: 'skipped', reply: { kind: 'error', errCode: 'TRADE_ERROR' } },
      Number.POSITIVE_INFINITY,
    ),
  },
  {
    number: '70',
    id: 'refund-slow',
    title: { zh: '付款；退款要十分钟才到账', en: 'Pays; a refund takes ten minutes' },
    ...PAID,
    behaviour: { ...who('pays-at-once'), refunds: { takesMs: 600_000 } },
  },
  {
    number: '71',
    id: 'refund-no-balance',
    title: { zh: '付款；退款时商户余额不足，两次', en: 'Pays; two refunds find the balance too low' },
    ...PAID,
    behaviour: refunding({ work: 'skipped', reply: { kind: 'error', errCode: 'NOTENOUGH' } }, 2),
  },
  {
    number: '72',
    id: 'refund-lost',
    title: { zh: '付款；退款已受理，应答丢失', en: 'Pays; a refund is accepted and its reply is lost' },
    ...PAID,
    behaviour: refunding({ work: 'done', reply: LOST }, 1),
  },
  {
    number: '73',
    id: 'refund-stranded',
    title: { zh: '付款；退款异常，退不进顾客账户', en: 'Pays; a refund cannot reach the customer' },
    ...PAID,
    behaviour: { ...who('pays-at-once'), refunds: { end: 'CHANGE' } },
  },
];

export function scenarioById(id: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.id === id);
}

export function scenarioByNumber(number: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.number === number);
}

function who(kind: Exclude<Customer['kind'], 'refused'>): Behaviour {
  return { customer: { kind } };
}

function refused(errCode: string): Behaviour {
  return { customer: { kind: 'refused', errCode } };
}

/** The customer has paid; the reply to the pay call is not what it should be. */
function moved(reply: BareReply | DeformedReply): Behaviour {
  return { ...who('pays-at-once'), micropay: { work: 'done', reply } };
}

/** The pay call came to nothing, and its reply does not say so. */
function notMoved(reply: BareReply): Behaviour {
  return { ...who('pays-at-once'), micropay: { work: 'skipped', reply } };
}

/** The order has to be taken back, and that does not work at first. */
function reversing(kind: 'types-then-cancels' | 'pays-at-reversal', fault: Fault, times: number): Behaviour {
  return { ...who(kind), reverse: { fault, times } };
}

/** The order is paid, and giving it back does not work at first. */
function refunding(fault: Fault, times: number): Behaviour {
  return { ...who('pays-at-once'), refund: { fault, times } };
}
