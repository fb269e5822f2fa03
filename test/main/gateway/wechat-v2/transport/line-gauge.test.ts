import { describe, expect, it } from 'vitest';
import type { LineState } from '../../../../../src/main/gateway/gateway.ts';
import { createLineGauge } from '../../../../../src/main/gateway/wechat-v2/transport/line-gauge.ts';
import type { WireOutcome } from '../../../../../src/main/gateway/wechat-v2/transport/outcome.ts';

describe('the state of the line', () => {
  it.each<[state: LineState, outcomes: WireOutcome['outcome'][]]>([
    ['unknown', []],
    ['online', ['reply']],
    ['offline', ['not-sent']],
    ['offline', ['reply', 'reply', 'not-sent']],
    ['shaky', ['unknown']],
    ['shaky', ['reply', 'unknown']],
    ['offline', ['reply', 'unknown', 'unknown']],
    ['offline', ['not-sent', 'unknown']],
    ['shaky', ['not-sent', 'reply']],
    ['shaky', ['not-sent', 'reply', 'reply']],
    ['online', ['not-sent', 'unknown', 'reply', 'reply', 'reply']],
  ])('is %s after %j', (state, outcomes) => {
    const gauge = createLineGauge();
    for (const outcome of outcomes) gauge.note(outcome);
    expect(gauge.state()).toBe(state);
  });
});
