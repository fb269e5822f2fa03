import { unreachable } from '../../core/assert.ts';
import type { Plan } from '../ledger/events.ts';

/** What a customer at the password box can be made to do. */
export const MINDS = ['pays', 'pays-late', 'cancels', 'leaves'] as const;
export type Mind = (typeof MINDS)[number];

/**
 * The plan of a customer who is told now what to do. Late is `lateMs` from now: until then the box stays open, and an
 * order whose box is open cannot be reversed.
 */
export function planOfMind(mind: Mind, now: number, lateMs: number): Plan {
  switch (mind) {
    case 'pays':
      return { act: { kind: 'pays' }, at: now, paysOnReverse: false };
    case 'pays-late':
      return { act: { kind: 'pays' }, at: now + lateMs, paysOnReverse: false };
    case 'cancels':
      return {
        act: { kind: 'fails', state: 'NOTPAY', errCode: 'TRADE_ERROR', errText: '用户取消支付' },
        at: now,
        paysOnReverse: false,
      };
    case 'leaves':
      return { act: { kind: 'leaves' }, at: now, paysOnReverse: false };
    default:
      return unreachable(mind);
  }
}
