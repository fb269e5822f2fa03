import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTerminal } from '../../src/main/terminal.ts';
import type { TerminalClient } from '../../src/renderer/connection/connection.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

const YEAR_MS = 365 * 86_400_000;

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

/** What a screen that has just connected is told. */
async function firstStatus(client: TerminalClient) {
  for await (const status of await client.status.watch({})) return status;
  throw new Error('The terminal told no status.');
}

describe('the terminal’s status', () => {
  it('tells when the merchant’s certificate ends', async () => {
    const terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
    try {
      const { certificateExpiresAt = 0 } = await firstStatus(createRouterClient(terminal.router));
      // WeChat Pay's, and so the simulator's, live for five years.
      const leftMs = certificateExpiresAt - Date.now();
      expect(leftMs).toBeGreaterThan(4.9 * YEAR_MS);
      expect(leftMs).toBeLessThan(5.1 * YEAR_MS);
    } finally {
      await terminal.close();
    }
  });
});
