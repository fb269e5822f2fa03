import { describe, expect, it } from 'vitest';
import { judgeExpiry } from '../../../src/main/doctor/checks.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 2, 2);

describe('the doctor, of the merchant’s certificate', () => {
  it('has nothing to mend while it is good for more than a month', () => {
    expect(judgeExpiry(NOW + 40 * DAY_MS, NOW)).toMatchObject({ state: 'ok', says: { en: 'valid until 2026-02-11' } });
  });

  it('warns 30 days ahead: when, how long still, and what to do', () => {
    const finding = judgeExpiry(NOW + 30 * DAY_MS, NOW);
    expect(finding.state).toBe('warn');
    expect(finding.says.zh).toMatch(/2026-02-01.*30/);
    expect(finding.says.en).toMatch(/2026-02-01.*30/);
    expect(finding.mend?.en).toMatch(/renew/);
  });
});
