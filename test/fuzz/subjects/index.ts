import type { Subject } from '../subject.ts';
import { bills } from './bills.ts';
import { messages } from './messages.ts';
import { notifications } from './notifications.ts';
import { replies } from './replies.ts';
import { requests } from './requests.ts';

/** By the names that the command line knows. */
export const SUBJECTS = { messages, replies, notifications, bills, requests } as const satisfies Readonly<
  Record<string, () => Promise<Subject>>
>;

export type SubjectName = keyof typeof SUBJECTS;
