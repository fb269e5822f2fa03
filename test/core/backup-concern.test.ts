import { describe, expect, it } from 'vitest';
import { backupConcern } from '../../src/core/backup-concern.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 0, 9);

describe('the backups', () => {
  it.each([
    ['never taken yet', { everyHours: 24 }, undefined],
    ['taken an hour ago', { everyHours: 24, lastAt: NOW - HOUR_MS }, undefined],
    ['missed twice', { everyHours: 24, lastAt: NOW - 72 * HOUR_MS }, undefined],
    ['missed for longer', { everyHours: 24, lastAt: NOW - 72 * HOUR_MS - 1 }, 'old'],
    ['only taken when asked, long ago', { everyHours: 0, lastAt: NOW - 9_000 * HOUR_MS }, undefined],
    ['failed just now, with a fresh one there', { everyHours: 24, lastAt: NOW - HOUR_MS, failed: {} }, 'failed'],
    ['failed, and none was ever taken', { everyHours: 24, failed: {} }, 'failed'],
  ] as const)('when %s', (_, backup, concern) => {
    expect(backupConcern(backup, NOW)).toBe(concern);
  });
});
