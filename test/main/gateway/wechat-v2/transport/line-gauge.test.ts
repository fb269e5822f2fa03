import { describe, expect, it } from 'vitest';
import type { LineState } from '../../../../../src/main/gateway/gateway.ts';
import { createLineGauge, type LineOutcome } from '../../../../../src/main/gateway/wechat-v2/transport/line-gauge.ts';

describe('the state of the line', () => {
  it.each<[state: LineState, outcomes: LineOutcome[]]>([
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
    ['online', ['connected']],
    ['shaky', ['not-sent', 'connected']],
    ['online', ['not-sent', 'connected', 'connected', 'connected']],
    ['shaky', ['connected', 'unknown']],
    ['shaky', ['unknown', 'unknown', 'connected', 'connected', 'connected', 'connected']],
    ['offline', ['unknown', 'unknown', 'connected', 'not-sent']],
  ])('is %s after %j', (state, outcomes) => {
    const gauge = createLineGauge();
    for (const outcome of outcomes) gauge.note(outcome);
    expect(gauge.state()).toBe(state);
  });

  it('calls nobody unreachable for an answer that did not come, only for a connection that cannot be made', () => {
    const gauge = createLineGauge();
    for (const outcome of ['unknown', 'unknown'] as const) gauge.note(outcome);
    expect([gauge.state(), gauge.isUnreachable()]).toEqual(['offline', false]);
    gauge.note('not-sent');
    expect(gauge.isUnreachable()).toBe(true);
    gauge.note('connected');
    expect(gauge.isUnreachable()).toBe(false);
  });
});
