import { billAdvice } from '../../../../core/bill-advice.ts';
import type { BillProgress, BillReason, BillReasonCode } from '../../../../core/bill-answer.ts';

/**
 * A bill that could not be read to its end. `progress` says how far it came: rows given out until then are part of a
 * bill, and prove nothing. Its message says what happened, what it means for the money and what to do, and quotes
 * nothing that a customer or a merchant wrote.
 */
export class BillError extends Error {
  override name = 'BillError';
  readonly reason: BillReason;
  readonly progress: BillProgress;

  /** @param detail a short text for support: which line, which column, which code. */
  constructor(code: BillReasonCode, progress: BillProgress, detail: string) {
    const { happened, money, next } = billAdvice(code);
    const reached = `${progress.rows} rows, ${progress.lines} lines, ${progress.bytes} bytes`;
    super(`${happened.en} ${money.en} ${next.en} (${detail}; after ${reached})`);
    this.reason = { code, gatewayText: detail };
    this.progress = progress;
  }
}

/** What the reading of one line or one header stumbled over; whoever reads adds how far it was. */
export class BillFault extends Error {
  override name = 'BillFault';
  readonly code: BillReasonCode;

  constructor(code: BillReasonCode, detail: string) {
    super(detail);
    this.code = code;
  }
}
