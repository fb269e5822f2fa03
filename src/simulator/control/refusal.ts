import type { Bilingual } from '../behaviour/scenarios.ts';

/** Why a trainer's wish cannot be granted. Nothing has changed then. */
const REFUSALS = {
  NO_SUCH_CUSTOMER: { zh: '没有这位顾客。', en: 'There is no such customer.' },
  NO_SUCH_SCENARIO: { zh: '没有这种情景。', en: 'There is no such scenario.' },
  NO_SUCH_FAULT: { zh: '没有这种故障，或它已经关闭。', en: 'There is no such fault, or it is off already.' },
  NOT_FOR_THIS_CALL: { zh: '这种故障不适用于这个接口。', en: 'This fault makes no sense for that call.' },
  NO_SUCH_ORDER: { zh: '没有这笔订单。', en: 'There is no such order.' },
  NOBODY_IS_PAYING: {
    zh: '没有人在输密码：订单已有结果，或顾客已离开。',
    en: 'Nobody is at the password: the order has ended, or the customer has gone.',
  },
  NOT_PAYABLE: {
    zh: '这笔订单不等人扫码：不是扫码下单、已有结果或已过期。',
    en: 'This order waits for nobody: it was not placed for scanning, has ended, or has expired.',
  },
  TOO_MANY_CUSTOMERS: { zh: '顾客太多了。', en: 'There are too many customers.' },
  TOO_MANY_FAULTS: { zh: '开着的故障太多了。', en: 'Too many faults are on.' },
  TOO_MUCH_MONEY: { zh: '钱包装不下这么多钱。', en: 'No wallet holds that much.' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type RefusalCode = keyof typeof REFUSALS;

export class ControlRefusal extends Error {
  override name = 'ControlRefusal';
  readonly code: RefusalCode;
  readonly text: Bilingual;

  constructor(code: RefusalCode) {
    super(REFUSALS[code].en);
    this.code = code;
    this.text = REFUSALS[code];
  }
}
