import type { QueueView, TaskView } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import { ageOf } from '../../core/age.ts';
import { showYuan } from '../../core/money.ts';
import { refundAdvice } from '../../core/refund-advice.ts';
import { findingText } from '../../core/static-advice.ts';
import type { Language } from '../trouble.ts';

/** The lines that answer: what is not certain, how much money, since when; and what waits for proof, apart from it. */
export function queueAnswer(view: QueueView, now: number, language: Language): string {
  const { count, toVerify } = view;
  if (toVerify === undefined) return unsettledLine(view, now, language);
  const { amountFen } = toVerify;
  const waiting =
    language === 'zh'
      ? `静态码收款待核实 ${toVerify.count} 笔 · ${showYuan(amountFen)} · 不算收款`
      : `${toVerify.count} on the store's code to be verified · ${showYuan(amountFen)} · not counted as paid`;
  return count === 0 ? waiting : `${unsettledLine(view, now, language)}\n${waiting}`;
}

function unsettledLine({ count, amountFen, oldestAt }: QueueView, now: number, language: Language): string {
  if (count === 0) return language === 'zh' ? '全部结清。' : 'All settled.';
  const age = ageOf(now - (oldestAt ?? now))[language];
  return language === 'zh'
    ? `${count} 笔未结清 · ${showYuan(amountFen)} · 最早 ${age}`
    : `${count} not settled · ${showYuan(amountFen)} · oldest ${age}`;
}

/** One line for a task: which sale, what is owed, since when, how often tried, why not yet. */
export function taskLine(task: TaskView, now: number, language: Language): string {
  const { kind, saleNumber, amountFen, createdAt, attempts, reason, refundReason, said, verify } = task;
  const what = KIND_WORDS[kind]?.[language] ?? kind;
  const parts = [
    saleNumber ?? '',
    ...wordsOf(task, what, language),
    ...(amountFen > 0 ? [showYuan(amountFen)] : []),
    ageOf(now - createdAt)[language],
    language === 'zh' ? `试过 ${attempts} 次` : `tried ${attempts} times`,
    ...(reason === undefined ? [] : [advice(reason).happened[language]]),
    ...(refundReason === undefined ? [] : [refundAdvice(refundReason).happened[language]]),
    ...(verify?.finding === undefined ? [] : [findingText(verify.finding)[language]]),
    ...(said === undefined ? [] : [`${BACK_OFFICE[language]}: ${said}`]),
  ];
  return `  ${parts.join('  ')}`;
}

/** A payment that waits for a manager says so instead of what it is; a refund says both; proof is a manager's anyway. */
function wordsOf({ kind, state }: TaskView, what: string, language: Language): string[] {
  if (state !== 'human' || kind === 'verify') return [what];
  return kind === 'refund' ? [what, HUMAN[language]] : [HUMAN[language]];
}

/** Money that is owed to certainty, by whatever kind of task. Paper is not counted. */
export function isAllSettled({ count, toVerify, tasks }: QueueView): boolean {
  // The list ends somewhere, the sums do not.
  return count === 0 && toVerify === undefined && tasks.every(({ amountFen }) => amountFen === 0);
}

const BACK_OFFICE = { zh: '后台', en: 'back office' };

const HUMAN = { zh: '要店长处理', en: 'needs a manager' };

const KIND_WORDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  resolve: { zh: '正在查清', en: 'being resolved' },
  refund: { zh: '退款未到账', en: 'refund not there yet' },
  print: { zh: '小票未打', en: 'receipt owed' },
  verify: { zh: '静态码收款待核实', en: 'to be verified' },
};
