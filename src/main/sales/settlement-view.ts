import type { SettlementView } from '../../contract/types.ts';
import type { Settlement } from '../../core/gateway-answer.ts';

/** How the money came together, as screens show it. */
export function settlementView({ cashFen, couponFen, settledFen, foreignCash }: Settlement): SettlementView {
  return {
    paidFen: cashFen,
    couponFen,
    ...(settledFen === undefined ? {} : { settledFen }),
    ...(foreignCash ? { foreign: foreignCash } : {}),
  };
}
