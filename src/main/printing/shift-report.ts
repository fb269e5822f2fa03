import { invariant } from '../../core/assert.ts';
import type { Shop } from '../../core/receipt.ts';
import { shiftNumber } from '../../core/shift.ts';
import { type ShiftSlip, shiftSlip } from '../../core/shift-slip.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { ReportJob } from '../ledger/shifts.ts';
import { type UncertainBooks, uncertainNow } from '../shifts/uncertain.ts';

/** The report that a print job is about. An X report says how the shift stands when it is printed, not when asked for. */
export function shiftReport(
  ledger: Pick<Ledger, 'terminal' | 'shift'> & UncertainBooks,
  shop: Shop,
  job: Pick<ReportJob, 'shiftId' | 'report' | 'copy'>,
  now: number,
): ShiftSlip {
  const [shift, terminal] = [ledger.shift(job.shiftId), ledger.terminal()];
  invariant(shift && terminal, `There is no shift ${job.shiftId}`);
  const uncertain = uncertainNow(ledger);
  return shiftSlip(shop, shiftNumber(terminal, shift.number), shift, job, { ...uncertain, at: now });
}
