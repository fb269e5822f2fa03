import { describe, expect, it } from 'vitest';
import type { LeavingReason } from '../../src/core/leaving.ts';
import { installUpdate } from '../../src/main/update-guard.ts';

function anUpdater() {
  const calls: string[] = [];
  return { calls, quitAndInstall: () => void calls.push('quitAndInstall') };
}

describe('an update', () => {
  it('begins when nothing stands in its way, and is asked for as an update', async () => {
    const [updater, asked] = [anUpdater(), [] as LeavingReason[]];
    const mayLeave = async (reason: LeavingReason) => asked.push(reason) > 0;
    expect(await installUpdate({ mayLeave }, updater)).toBe(true);
    expect([asked, updater.calls]).toEqual([['update'], ['quitAndInstall']]);
  });

  it('does not begin when the cashier would rather stay', async () => {
    const updater = anUpdater();
    expect(await installUpdate({ mayLeave: async () => false }, updater)).toBe(false);
    expect(updater.calls).toEqual([]);
  });
});
