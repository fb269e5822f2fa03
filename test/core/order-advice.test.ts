import { describe, expect, it } from 'vitest';
import { orderAdvice } from '../../src/core/order-advice.ts';
import type { OrderReasonCode } from '../../src/core/order-answer.ts';

/** All of them: a code that is missing here does not compile. */
const CODES = Object.keys({
  NOT_ENOUGH: 0,
  CODE_EXPIRED: 0,
  CODE_INVALID: 0,
  NUMBER_USED: 0,
  ALREADY_PAID: 0,
  ORDER_CLOSED: 0,
  CLOSE_REFUSED: 0,
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
} satisfies Record<OrderReasonCode, 0>) as OrderReasonCode[];

describe('the advice for an order', () => {
  it.each(CODES)('%s: three lines in both languages, short enough for a glance', (code) => {
    for (const line of Object.values(orderAdvice(code))) {
      expect(line.zh).toMatch(/\p{Script=Han}/u);
      expect([...line.zh].length).toBeLessThanOrEqual(18);
      expect(line.en).toMatch(/^[A-Z][\p{L}\p{P}0-9 ]+\.$/u);
      expect(line.en.length).toBeLessThanOrEqual(56);
    }
  });

  it('says that nothing was taken only where nothing was sent', () => {
    const flat = CODES.filter((code) => /nothing was taken/i.test(orderAdvice(code).money.en));
    expect(flat).toEqual(['NOT_SENT']);
  });
});
