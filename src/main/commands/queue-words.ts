import type { QueueView, TaskView } from '../../contract/types.ts';
import { advice } from '../../core/advice.ts';
import { ageOf } from '../../core/age.ts';
import { showYuan } from '../../core/money.ts';
import type { Language } from '../trouble.ts';

/** The one line that answers: how many payments are not certain, how much money, since when. */
export function queueAnswer({ count, amountFen, oldestAt }: QueueView, now: number, language: Language): string {
  if (count === 0) return language === 'zh' ? '全部结清。' : 'All settled.';
  const age = ageOf(now - (oldestAt ?? now))[language];
  return language === 'zh'
    ? `${count} 笔未结清 · ${showYuan(amountFen)} · 最早 ${age}`
    : `${count} not settled · ${showYuan(amountFen)} · oldest ${age}`;
}

/** One line for a task: which sale, what is owed, since when, how often tried, why not yet. */
export function taskLine(task: TaskView, now: number, language: Language): string {
  const { kind, saleNumber, amountFen, createdAt, attempts, reason, said, state } = task;
  const what = KIND_WORDS[kind]?.[language] ?? kind;
  const parts = [
    saleNumber ?? '',
    state === 'human' ? HUMAN[language] : what,
    ...(amountFen > 0 ? [showYuan(amountFen)] : []),
    ageOf(now - createdAt)[language],
    language === 'zh' ? `试过 ${attempts} 次` : `tried ${attempts} times`,
    ...(reason === undefined ? [] : [advice(reason).happened[language]]),
    ...(said === undefined ? [] : [`${BACK_OFFICE[language]}: ${said}`]),
  ];
  return `  ${parts.join('  ')}`;
}

/** Money that is owed to certainty, by whatever kind of task. Paper is not counted. */
export function isAllSettled({ count, tasks }: QueueView): boolean {
  return count === 0 && tasks.every(({ amountFen }) => amountFen === 0);
}

const BACK_OFFICE = { zh: '后台', en: 'back office' };

const HUMAN = { zh: '要店长处理', en: 'needs a manager' };

const KIND_WORDS: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  resolve: { zh: '正在查清', en: 'being resolved' },
  print: { zh: '小票未打', en: 'receipt owed' },
};
