import { describe, expect, it } from 'vitest';
import { AVOID_MS, createHostOrder } from '../../../../../src/main/gateway/wechat-v2/transport/host-order.ts';

describe('the order of hosts', () => {
  it('begins with the primary', () => {
    expect(createHostOrder(['a', 'b'], () => 0).inOrder()).toEqual(['a', 'b']);
  });

  it('passes a host over that failed, comes back to it after a while, and not a moment sooner', () => {
    let now = 1_000;
    const order = createHostOrder(['a', 'b'], () => now);
    order.failed('a');
    expect(order.inOrder()).toEqual(['b', 'a']);
    now += AVOID_MS - 1;
    expect(order.inOrder()).toEqual(['b', 'a']);
    now += 1;
    expect(order.inOrder()).toEqual(['a', 'b']);
  });

  it('comes back at once when the host answered after all', () => {
    const order = createHostOrder(['a', 'b'], () => 0);
    order.failed('a');
    order.answered('a');
    expect(order.inOrder()).toEqual(['a', 'b']);
  });

  it('keeps every host in reach when all of them failed, the primary first', () => {
    const order = createHostOrder(['a', 'b'], () => 0);
    order.failed('b');
    order.failed('a');
    expect(order.inOrder()).toEqual(['a', 'b']);
  });
});
