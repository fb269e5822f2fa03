import type { UploadsView } from '../../contract/types.ts';
import { ageOf } from '../../core/age.ts';
import type { Language } from '../trouble.ts';

/** One line for the reports that the back office is owed. No money hangs on them, and no exit status. */
export function uploadsLine(
  { on, waiting, refused, oldestAt, lastError }: UploadsView,
  now: number,
  language: Language,
): string {
  const words = WORDS[language];
  const parts = [
    ...(waiting > 0 ? [words.waiting(waiting, ageOf(now - (oldestAt ?? now))[language])] : []),
    ...(lastError === undefined ? [] : [lastError]),
    ...(refused > 0 ? [words.refused(refused)] : []),
    ...(on ? [] : [words.off]),
  ];
  return `${words.office}${parts.join(' · ')}`;
}

const WORDS = {
  zh: {
    office: '后台上传：',
    waiting: (count: number, age: string) => `${count} 条等待 · 最早 ${age}`,
    refused: (count: number) => `${count} 条后台没有收，要店长处理`,
    off: '上传已关闭',
  },
  en: {
    office: 'Reports to the back office: ',
    waiting: (count: number, age: string) => `${count} wait · oldest ${age}`,
    refused: (count: number) => `${count} refused, for a manager`,
    off: 'switched off',
  },
} as const;
