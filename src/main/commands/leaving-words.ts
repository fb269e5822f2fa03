import { type LeavingReason, leavingWarning, type MoneyOwed } from '../../core/leaving.ts';
import type { Output } from './output.ts';

/**
 * Says what is not settled before leaving: three lines for people, one `leaving` event for machines.
 *
 * @returns whether there was anything to say.
 */
export function sayWhatIsOwed(reason: LeavingReason, owed: MoneyOwed, output: Output): boolean {
  const { language } = output;
  const warning = leavingWarning(reason, owed, Date.now());
  if (warning === undefined) return false;
  const { happened, money, next } = warning;
  const lines = [happened[language], money[language], next[language]];
  output.emit({ event: 'leaving', for: reason, settled: false, ...owed, lines });
  for (const line of lines) output.say(line);
  return true;
}
