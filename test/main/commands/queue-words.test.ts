import { describe, expect, it } from 'vitest';
import type { TaskView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { isAllSettled, taskLine } from '../../../src/main/commands/queue-words.ts';

const NOW = 1_000_000;

const aRefundTask = (more: Partial<TaskView> = {}): TaskView => ({
  taskId: 'refund:1',
  kind: 'refund',
  saleNumber: '0001-01-000042',
  amountFen: fen(500),
  createdAt: NOW - 120_000,
  attempts: 2,
  refundReason: 'MERCHANT_BALANCE_LOW',
  state: 'open',
  ...more,
});

describe('a refund on the command line', () => {
  it('is named, with its amount, its age and why it has not arrived', () => {
    expect(taskLine(aRefundTask(), NOW, 'en')).toMatch(
      /000042 {2}refund not there yet {2}￥5\.00 .*balance is too low/,
    );
    expect(taskLine(aRefundTask(), NOW, 'zh')).toMatch(/000042 {2}退款未到账 {2}￥5\.00 .*余额不够/);
  });

  it('that needs a manager says so, and still what it is', () => {
    expect(taskLine(aRefundTask({ state: 'human' }), NOW, 'en')).toMatch(/refund not there yet {2}needs a manager/);
  });

  it('leaves nothing settled while it is open', () => {
    const nothing = { count: 0, amountFen: fen(0) };
    expect(isAllSettled({ ...nothing, humanCount: 0, givenUp: nothing, tasks: [aRefundTask()] })).toBe(false);
  });
});
