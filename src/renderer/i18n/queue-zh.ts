import { type Fen, showYuan } from '../../core/money.ts';

/** The words of what is not settled in Chinese; i18n/zh-CN.ts has them under `queue`. */
export const queueZh = {
  title: '未结清的收款和退款',
  close: '关闭',
  settled: '全部结清',
  sum: (count: number, amount: Fen, age: string) => `${count} 笔未结清 · ${showYuan(amount)} · 最早 ${age}`,
  byItself: '终端会自己查清，不用管；没结清的先别交货',
  humans: (count: number) => `其中 ${count} 笔要店长处理`,
  drain: (done: number, total: number) => `已结清 ${done} / ${total}`,
  drainLabel: '结清进度',
  givenUpTotal: (count: number, amount: Fen) => `另有 ${count} 笔由店长放弃查清 · ${showYuan(amount)} · 不算收款`,
  kind: { resolve: '正在查清', refund: '退款，尚未到账', print: '小票还没打', verify: '静态码收款，待核实' },
  human: '要店长处理',
  humanRefund: '退款没办成，要店长处理',
  attempts: (count: number) => (count === 0 ? '还没试过' : `试过 ${count} 次`),
  tryNow: '马上再试',
  lookAgain: '再查一次',
  trying: '正在查',
  nothingToTry: '现在没有可以做的',
  story: '经过',
  decide: '放弃查清…',
  giveUpMeans: '放弃后不再查这一笔，也不算收款。收到的钱可能还在店里：先核对账单，该退就退。',
  whyExample: '例：账单已核对，已退给顾客',
  notYet: '先不放弃',
  giveUp: '确定放弃',
  giveUpFailed: '没有记下来，这一笔没有变。请再试一次。',
} as const;
