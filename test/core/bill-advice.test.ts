import { describe, expect, it } from 'vitest';
import { billAdvice } from '../../src/core/bill-advice.ts';
import type { BillReasonCode } from '../../src/core/bill-answer.ts';

/** All of them: a code that is missing here does not compile. */
const CODES = Object.keys({
  BILL_CREATING: 0,
  BILL_CUT_OFF: 0,
  BILL_DAMAGED: 0,
  BILL_MALFORMED: 0,
  BILL_TOTALS_DIFFER: 0,
  BILL_TOO_LARGE: 0,
  CANCELLED: 0,
  NO_PERMISSION: 0,
  BAD_CONFIG: 0,
  BAD_CERTIFICATE: 0,
  RATE_LIMITED: 0,
  NOT_SENT: 0,
  NO_REPLY: 0,
  BAD_REPLY: 0,
  BAD_SIGNATURE: 0,
  REPLY_MISMATCH: 0,
  GATEWAY_BUSY: 0,
  UNLISTED: 0,
} satisfies Record<BillReasonCode, 0>) as BillReasonCode[];

describe('the advice for a bill', () => {
  it.each(CODES)('%s: three lines in both languages, short enough for a glance', (code) => {
    for (const line of Object.values(billAdvice(code))) {
      expect(line.zh).toMatch(/\p{Script=Han}/u);
      expect([...line.zh].length).toBeLessThanOrEqual(18);
      expect(line.en).toMatch(/^[A-Z][\p{L}\p{P}0-9 ]+\.$/u);
      expect(line.en.length).toBeLessThanOrEqual(56);
    }
  });

  it.each(CODES)('%s: no bill moves money, and without one nothing is called checked', (code) => {
    expect(billAdvice(code).money.en).toMatch(/^No money moved; .*(not checked|proves nothing|cannot be used)/);
  });
});
