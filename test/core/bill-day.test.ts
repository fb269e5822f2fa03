import { describe, expect, it } from 'vitest';
import { billDayOf, billDaySpan, billReadyAt } from '../../src/core/bill-day.ts';

const at = (text: string) => Date.parse(text);

describe('the day of a bill', () => {
  it('is Beijing’s, from midnight to midnight', () => {
    expect(billDayOf(at('2026-01-01T15:59:59.999Z'))).toBe('20260101');
    expect(billDayOf(at('2026-01-01T16:00:00Z'))).toBe('20260102');
    expect(billDaySpan('20260102')).toEqual({ from: at('2026-01-01T16:00:00Z'), to: at('2026-01-02T16:00:00Z') });
  });

  it.each(['20280229', '20261231', '20260101'])('%s is one', (day) => {
    expect(billDayOf(billDaySpan(day)?.from ?? 0)).toBe(day);
  });

  it.each(['20260229', '20260431', '20261301', '20260100', '2026-01-02', '202601', '', '202601021'])(
    '"%s" is none',
    (day) => {
      expect(billDaySpan(day)).toBeUndefined();
      expect(billReadyAt(day)).toBeUndefined();
    },
  );

  it('has a bill to rely on from ten the next morning', () => {
    expect(billReadyAt('20260102')).toBe(at('2026-01-03T10:00:00+08:00'));
  });
});
