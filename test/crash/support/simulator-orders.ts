import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openEventFile } from '../../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../../src/simulator/ledger/ledger.ts';
import type { SimOrder } from '../../../src/simulator/ledger/order.ts';

/**
 * What a simulator in another process, dead or alive, has in its ledger file, with all that its customers have done by
 * now. Read from a copy: whoever opens the file itself cuts off a line that is only half written.
 */
export function ordersOnFile(dataDir: string): readonly SimOrder[] {
  const file = join(dataDir, 'simulator-ledger.jsonl');
  if (!existsSync(file)) return [];
  const copy = join(dataDir, 'looked-at.jsonl');
  copyFileSync(file, copy);
  try {
    const ledger = createLedger(openEventFile(copy));
    ledger.settle(Date.now());
    const orders = ledger.orders();
    ledger.close();
    return orders;
  } finally {
    rmSync(copy);
  }
}
