import type { Clock } from '../../core/time.ts';
import { numberOf, type PaperOptions, receiptSvg } from './encode-receipt.ts';
import type { ReceiptPrinter } from './printer.ts';

/** One receipt as it would lie on the counter. */
export interface Sheet {
  readonly id: string;
  readonly at: number;
  readonly saleNumber: string;
  /** 0 for the original, 1, 2, … for reprints. */
  readonly copy: number;
  readonly svg: string;
}

export interface VirtualPrinterOptions extends PaperOptions {
  readonly clock: Clock;
  readonly onSheet: (sheet: Sheet) => void;
}

/** A printer whose paper is the screen. Never out of paper. */
export function createVirtualPrinter({ columns, clock, onSheet }: VirtualPrinterOptions): ReceiptPrinter {
  let sheets = 0;
  return {
    async print(paper) {
      sheets++;
      onSheet({
        id: `sheet-${sheets}`,
        at: clock.now(),
        saleNumber: numberOf(paper),
        copy: paper.copy,
        svg: receiptSvg(paper, { columns }),
      });
      return { result: 'printed' };
    },
    status: () => ({ kind: 'printer', name: 'virtual', state: 'ready' }),
    close: async () => undefined,
  };
}
