import { describe, expect, it } from 'vitest';
import { certificateExpiry } from '../../src/core/certificate-expiry.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 2, 2);

describe('a certificate', () => {
  it.each([
    [31 * DAY_MS, { state: 'good' }],
    [31 * DAY_MS - 1, { state: 'soon', daysLeft: 30 }],
    [DAY_MS, { state: 'soon', daysLeft: 1 }],
    [1, { state: 'soon', daysLeft: 0 }],
    [0, { state: 'expired' }],
    [-DAY_MS, { state: 'expired' }],
  ])('with %i ms to go is %o', (leftMs, expiry) => {
    expect(certificateExpiry(NOW + leftMs, NOW)).toEqual(expiry);
  });
});
