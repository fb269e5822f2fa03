import { describe, expect, it } from 'vitest';
import { refundAdvice } from '../../src/core/refund-advice.ts';
import type { RefundReasonCode } from '../../src/core/refund-answer.ts';
import { REFUND_ERRORS } from '../../src/main/gateway/wechat-v2/errors/refund-errors.ts';

/** All of them: a code that is missing here does not compile. */
const CODES = Object.keys({
  MERCHANT_BALANCE_LOW: 0,
  PAYER_ACCOUNT_GONE: 0,
  REFUND_TOO_LATE: 0,
  REFUND_REFUSED: 0,
  REFUND_NUMBER_USED: 0,
  ORDER_NOT_READY: 0,
  ORDER_NOT_FOUND: 0,
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
} satisfies Record<RefundReasonCode, 0>) as RefundReasonCode[];

describe('the advice for a refund', () => {
  it.each(CODES)('%s: three lines in both languages, short enough for a glance', (code) => {
    for (const line of Object.values(refundAdvice(code))) {
      expect(line.zh).toMatch(/\p{Script=Han}/u);
      expect([...line.zh].length).toBeLessThanOrEqual(18);
      expect(line.en).toMatch(/^[A-Z][\p{L}\p{P}0-9 ]+\.$/u);
      expect(line.en.length).toBeLessThanOrEqual(56);
    }
  });

  it('never says that nothing went back where the gateway left it open', () => {
    for (const { money, reason } of REFUND_ERRORS.values()) {
      if (money === 'unknown' && reason) expect(refundAdvice(reason).money.en).not.toMatch(/nothing/i);
    }
    for (const code of ['NO_REPLY', 'BAD_REPLY', 'BAD_SIGNATURE', 'REPLY_MISMATCH', 'UNLISTED'] as const) {
      expect(refundAdvice(code).next.en).toMatch(/no second refund/i);
    }
  });
});
