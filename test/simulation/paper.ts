import type { Receipt } from '../../src/core/receipt.ts';
import type { RefundReceipt } from '../../src/core/refund-receipt.ts';
import type { PrintOutcome, ReceiptPrinter } from '../../src/devices/printer/printer.ts';
import type { Chance } from './chance.ts';
import { type Life, never } from './life.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Sky } from './weather.ts';

export interface PaperOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly sky: Sky;
  readonly life: Life;
  /** Paper with words on it lies on the counter, whole or torn: a customer may take it for proof. */
  readonly onPaper: (receipt: Receipt | RefundReceipt) => void;
}

/** A printer that now and then is away, stops in the middle, or keeps silent about what it did. */
export function createPaper({ time, chance, sky, life, onPaper }: PaperOptions): ReceiptPrinter {
  const ready = { kind: 'printer', name: 'simulated', state: 'ready' } as const;
  const missing = { ...ready, state: 'missing' } as const;

  async function put(receipt: Receipt | RefundReceipt): Promise<PrintOutcome> {
    const fails = !sky.healed && chance.happens(sky.weather.printer);
    if (fails && chance.happens(0.5)) return { result: 'not-sent', status: missing };
    onPaper(receipt);
    await time.sleep(chance.between(200, 800));
    return fails ? { result: 'unknown', status: missing } : { result: chance.pick(['printed', 'sent'] as const) };
  }

  return {
    async print(receipt) {
      if ('slip' in receipt) throw new Error('Nobody asks for a report in this world');
      life.mayDie('before a receipt');
      if (!life.isAlive()) return never();
      const outcome = await put(receipt);
      life.mayDie('after a receipt');
      return life.isAlive() ? outcome : never();
    },
    status: () => ready,
    close: () => Promise.resolve(),
  };
}
