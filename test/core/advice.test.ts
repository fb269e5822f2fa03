import { describe, expect, it } from 'vitest';
import { ReasonSchema } from '../../src/contract/schemas.ts';
import { advice } from '../../src/core/advice.ts';

const CODES = ReasonSchema.shape.code.options;

/** Reasons that can be shown while nobody knows yet whether the money moved. */
const OPEN_REASONS = [
  'NUMBER_USED',
  'ALREADY_PAID',
  'NO_PERMISSION',
  'BAD_CONFIG',
  'RATE_LIMITED',
  'NO_REPLY',
  'BAD_REPLY',
  'BAD_SIGNATURE',
  'REPLY_MISMATCH',
  'GATEWAY_BUSY',
  'BANK_BUSY',
  'AWAITING_PASSWORD',
  'UNLISTED',
  'RESTARTED',
] as const;

describe('the advice for a reason', () => {
  it.each(CODES)('%s: three lines in both languages, short enough for a glance', (code) => {
    const { happened, money, next } = advice(code);
    for (const line of [happened, money, next]) {
      expect(line.zh).toMatch(/\p{Script=Han}/u);
      expect([...line.zh].length).toBeLessThanOrEqual(18);
      expect(line.en).toMatch(/^[A-Z][\p{L}\p{P}0-9 ]+\.$/u);
      expect(line.en.length).toBeLessThanOrEqual(56);
    }
  });

  it('says that nothing was taken only where nothing was sent', () => {
    const flat = CODES.filter(
      (code) => /没有扣款/.test(advice(code).money.zh) || /Nothing was/.test(advice(code).money.en),
    );
    expect(flat).toEqual(['NOT_SENT']);
  });

  it.each(OPEN_REASONS)('%s leaves the verdict to the screen', (code) => {
    expect(advice(code).money).toEqual(advice('NO_REPLY').money);
  });

  it.each(OPEN_REASONS)('%s never sends the cashier to another way of paying', (code) => {
    expect(`${advice(code).next.zh}${advice(code).next.en}`).not.toMatch(/现金|换支付|cash|another way/);
  });

  it('names no two reasons alike', () => {
    expect(new Set(CODES.map((code) => advice(code).happened.zh)).size).toBe(CODES.length);
    expect(new Set(CODES.map((code) => advice(code).happened.en)).size).toBe(CODES.length);
  });
});
