import { describe, expect, it } from 'vitest';
import { type LeavingReason, leavingWarning } from '../../src/core/leaving.ts';
import { fen } from '../../src/core/money.ts';

const NOW = Date.UTC(2026, 0, 2, 4);
const TWO = { count: 2, amountFen: fen(999_999_999), oldestAt: NOW - 3 * 60_000 };
const ONE = { count: 1, amountFen: fen(5), oldestAt: NOW - 2 * 3_600_000 };
const EVERY: readonly LeavingReason[] = ['sign-out', 'close', 'update', 'reset'];

describe('before leaving', () => {
  it.each(EVERY)('nothing is said when everything is settled (%s)', (reason) => {
    expect(leavingWarning(reason, { count: 0, amountFen: fen(0) }, NOW)).toBeUndefined();
  });

  it.each(EVERY)('the exact count, amount and age are named in either language (%s)', (reason) => {
    expect(leavingWarning(reason, TWO, NOW)?.happened).toEqual({
      zh: '还有 2 笔没有结清，共 ￥9,999,999.99，最早 3 分钟前',
      en: '2 payments or refunds are not settled: ￥9,999,999.99, the oldest 3 min ago',
    });
    expect(leavingWarning(reason, ONE, NOW)?.happened.en).toBe(
      '1 payment or refund is not settled: ￥0.05, the oldest 2 h ago',
    );
  });

  it.each([
    ['sign-out', /不会丢钱/, /loses no money/],
    ['close', /不会丢钱.*下次启动/, /loses no money.*next start/],
    ['update', /不会丢钱/, /loses no money/],
    ['reset', /没有清空.*没有改动/, /nothing was reset.*untouched/],
  ] as const)('what it means for the money is said (%s)', (reason, zh, en) => {
    const money = leavingWarning(reason, ONE, NOW)?.money;
    expect(money?.zh).toMatch(zh);
    expect(money?.en).toMatch(en);
  });

  it.each(EVERY)('what only a manager can prove is not waited for (%s)', (reason) => {
    const next = leavingWarning(reason, { ...TWO, toVerifyCount: 2 }, NOW)?.next;
    expect(next?.zh).toMatch(/静态码.*店长核实/);
    expect(next?.en).toMatch(/a manager proves them/);
    expect(next?.en).not.toMatch(/sync|goods/);
    expect(leavingWarning(reason, { ...TWO, toVerifyCount: 1 }, NOW)?.next).toEqual(
      leavingWarning(reason, TWO, NOW)?.next,
    );
  });

  it.each(['sign-out', 'close', 'update'] as const)('the goods are held until then (%s)', (reason) => {
    const next = leavingWarning(reason, ONE, NOW)?.next;
    expect(next?.zh).toContain('不要交货');
    expect(next?.en).toMatch(/hold the goods|do not hand over the goods/);
  });

  it('whoever must go can go, but a reset is refused', () => {
    const canLeave = EVERY.filter((reason) => leavingWarning(reason, ONE, NOW)?.leave !== undefined);
    expect(canLeave).toEqual(['sign-out', 'close', 'update']);
  });
});
