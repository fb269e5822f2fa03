import { fen, showYuan } from '../core/money.ts';

export interface LeavingQuestion {
  readonly message: string;
  readonly detail: string;
  /** In this order; staying is what Enter and Escape choose. */
  readonly stay: string;
  readonly leave: string;
}

/** What to ask before closing on payments whose outcome is not certain; undefined when there is nothing to ask. */
export function leavingQuestion(
  unsettled: { readonly count: number; readonly amountFen: number },
  language: 'zh' | 'en',
): LeavingQuestion | undefined {
  if (unsettled.count === 0) return undefined;
  const { count } = unsettled;
  const amount = showYuan(fen(unsettled.amountFen));
  if (language === 'zh') {
    return {
      message: `有 ${count} 笔付款还没有结果，共 ${amount}`,
      detail: '现在关闭不会丢钱：下次启动时会接着查清。但在查清之前，请不要交货，也不要让顾客再付一次。',
      stay: '先不关',
      leave: '仍要关闭',
    };
  }
  return {
    message: `${count} ${count === 1 ? 'payment is' : 'payments are'} not certain yet: ${amount}`,
    detail:
      'Closing loses no money: they are resolved at the next start. Until then, do not hand over the goods and do not let the customer pay again.',
    stay: 'Stay',
    leave: 'Close anyway',
  };
}
