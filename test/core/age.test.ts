import { expect, it } from 'vitest';
import { ageOf } from '../../src/core/age.ts';

it.each([
  [-5_000, '刚刚', 'just now'],
  [59_999, '刚刚', 'just now'],
  [60_000, '1 分钟前', '1 min ago'],
  [3_599_999, '59 分钟前', '59 min ago'],
  [3_600_000, '1 小时前', '1 h ago'],
  [47 * 3_600_000, '47 小时前', '47 h ago'],
  [48 * 3_600_000, '2 天前', '2 days ago'],
])('%i ms ago is "%s", "%s"', (ms, zh, en) => {
  expect(ageOf(ms)).toEqual({ zh, en });
});
