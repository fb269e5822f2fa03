import type { Notice, NoticeCode } from '../../contract/types.ts';
import type { Step } from './till-view.ts';

/** The place in front of the cashier, as the parts of the till share it. */
export interface Front {
  step(): Step;
  move(step: Step): void;
  /** Tells the cashier why nothing was done. */
  refuse(code: NoticeCode, detail?: string): Notice;
  /** @throws PaymentUnresolved when the present payment does not let the cashier go. */
  leave(): void;
}
