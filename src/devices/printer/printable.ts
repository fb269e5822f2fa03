import type { PaySlip } from '../../core/pay-slip.ts';
import type { Receipt } from '../../core/receipt.ts';
import type { RefundReceipt } from '../../core/refund-receipt.ts';
import type { ShiftSlip } from '../../core/shift-slip.ts';

/** All that a printer is ever given. */
export type Printable = Receipt | RefundReceipt | ShiftSlip | PaySlip;
