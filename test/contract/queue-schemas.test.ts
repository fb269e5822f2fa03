import { expect, it } from 'vitest';
import { GiveUpOrder } from '../../src/contract/queue-schemas.ts';

const order = { taskId: 'resolve:1', manager: ' 王店长 ', reason: '账单已核对，微信单号 4200002026010100001234' };

it('a manager’s decision is taken with its edges trimmed', () => {
  expect(GiveUpOrder.parse(order)).toEqual({ ...order, manager: '王店长' });
});

it.each([
  ['no name', { manager: '  ' }],
  ['no reason', { reason: '' }],
  ['a name longer than names are', { manager: '王'.repeat(33) }],
  ['a reason longer than anybody reads', { reason: '长'.repeat(201) }],
  ['a reason of several lines', { reason: 'a\nb' }],
  ['a payment code among the words', { reason: '顾客的码是 134567890123456789。' }],
  ['a payment code in wide digits', { reason: '１３４５６７８９０１２３４５６７８９' }],
])('no decision is taken with %s', (_, more) => {
  expect(GiveUpOrder.safeParse({ ...order, ...more }).success).toBe(false);
});
