import type { Advice, BilingualText } from './advice.ts';
import { ageOf } from './age.ts';
import { type Fen, showYuan } from './money.ts';

/** What somebody is about to do to the till. */
export type LeavingReason = 'sign-out' | 'close' | 'update' | 'reset';

/** Money whose fate is not certain yet, of whatever kind: the queue's open tasks that an amount hangs on. */
export interface MoneyOwed {
  readonly count: number;
  readonly amountFen: Fen;
  /** Epoch milliseconds. */
  readonly oldestAt?: number | undefined;
  /** So many of them only wait for proof of the static code: no machine can end them. */
  readonly toVerifyCount?: number | undefined;
}

/** What to say before; staying is what the keyboard chooses first. */
export interface LeavingWarning extends Advice {
  readonly stay: BilingualText;
  /** Absent where it is refused. */
  readonly leave?: BilingualText;
}

type Words = Pick<LeavingWarning, 'money' | 'next' | 'stay' | 'leave'>;

/** What to say before leaving while money is not settled; undefined when all is, and there is nothing to say. */
export function leavingWarning(reason: LeavingReason, owed: MoneyOwed, now: number): LeavingWarning | undefined {
  if (owed.count === 0) return undefined;
  const words = WORDS[reason];
  const next = owed.toVerifyCount === owed.count ? PROVE_THEM : words.next;
  return { happened: owedText(owed, now), ...words, next };
}

/** How many, how much, since when: "2 payments or refunds are not settled: ￥12.30, the oldest 3 min ago". */
export function owedText({ count, amountFen, oldestAt }: MoneyOwed, now: number): BilingualText {
  const age = ageOf(now - (oldestAt ?? now));
  const amount = showYuan(amountFen);
  return {
    zh: `还有 ${count} 笔没有结清，共 ${amount}，最早 ${age.zh}`,
    en: `${count} ${count === 1 ? 'payment or refund is' : 'payments or refunds are'} not settled: ${amount}, the oldest ${age.en}`,
  };
}

/** Their goods left on a manager's word, and asking again by itself settles none of them. */
const PROVE_THEM: BilingualText = {
  zh: '都是静态码收款，等店长核实：打开收银程序点“未结清”，输入顾客手机上的交易单号；或等账单。',
  en: 'All are payments on the store’s own code: a manager proves them under “not settled” by the number on the customer’s phone, or the bill does.',
};

const HOLD_THE_GOODS: BilingualText = {
  zh: '查清之前不要交货，也不要让顾客再付一次。',
  en: 'Until they are settled, do not hand over the goods and do not let the customer pay again.',
};

const WORDS: Readonly<Record<LeavingReason, Words>> = {
  'sign-out': {
    money: {
      zh: '退出不会丢钱：收银程序还在运行，会接着查清。',
      en: 'Signing out loses no money: the till keeps running and goes on resolving them.',
    },
    next: {
      zh: '交班请把这几笔告诉接班的人。查清之前不要交货。',
      en: 'Tell whoever takes over about them, and hold the goods until they are settled.',
    },
    stay: { zh: '先不退出', en: 'Stay' },
    leave: { zh: '仍要退出', en: 'Sign out anyway' },
  },
  close: {
    money: {
      zh: '关闭不会丢钱：账本里都有，下次启动会接着查清。',
      en: 'Closing loses no money: they are in the books and are taken up at the next start.',
    },
    next: HOLD_THE_GOODS,
    stay: { zh: '先不关', en: 'Stay' },
    leave: { zh: '仍要关闭', en: 'Close anyway' },
  },
  update: {
    money: {
      zh: '更新不会丢钱，但更新期间没有人去查清它们。',
      en: 'An update loses no money, but nobody resolves them while it lasts.',
    },
    next: {
      zh: '先等它们结清（saoma sync），再更新；查清之前不要交货。',
      en: 'Let them settle first (saoma sync), then update; hold the goods until then.',
    },
    stay: { zh: '先不更新', en: 'Not now' },
    leave: { zh: '仍要更新', en: 'Update anyway' },
  },
  reset: {
    money: {
      zh: '清空之后没有人再去查清它们，所以没有清空，账本没有改动。',
      en: 'After a reset nobody would resolve them, so nothing was reset and the books are untouched.',
    },
    next: {
      zh: '先让它们结清（saoma sync）；要店长处理的，打开收银程序点“未结清”。',
      en: 'Let them settle first (saoma sync); what needs a manager is under “not settled” in the till.',
    },
    stay: { zh: '知道了', en: 'Understood' },
  },
};
