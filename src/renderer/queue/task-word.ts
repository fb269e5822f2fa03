import type { TaskView } from '../../contract/types.ts';
import type { Messages } from '../i18n/messages.ts';

/** What is owed, in a word. A kind that this window does not know yet is shown by its own name. */
export function taskWord({ kind, state }: TaskView, words: Messages['queue']): string {
  if (state === 'human') return kind === 'refund' ? words.humanRefund : words.human;
  return Object.hasOwn(words.kind, kind) ? words.kind[kind as keyof typeof words.kind] : kind;
}
