import { createTerminal } from '../../../src/main/terminal.ts';
import { eventually, within } from '../../fixtures/eventually.ts';
import type { CrashShop } from './crash-shop.ts';

const RESOLVE_MS = 120_000;

type Shop = Pick<CrashShop, 'dataDir' | 'printerTarget'>;

/** The next start: takes up what was left open, works until nothing is uncertain any more and no receipt is owed. */
export async function resolveEverything({ dataDir, printerTarget }: Shop): Promise<void> {
  const terminal = await createTerminal({ dataDir, host: 'none', env: {}, printer: printerTarget });
  try {
    await eventually(() => terminal.unsettled().count === 0, {
      what: 'every payment certain',
      timeoutMs: RESOLVE_MS,
    });
    await within(terminal.printed(), RESOLVE_MS, 'every receipt printed');
  } finally {
    await terminal.close();
  }
}
