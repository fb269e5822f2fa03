import type { Clock } from '../../core/time.ts';
import { createFileLinks } from '../transport/file-link.ts';
import { createTcpLinks } from '../transport/tcp-link.ts';
import type { PaperOptions } from './encode-receipt.ts';
import { createLinkPrinter } from './link-printer.ts';
import { noPrinter } from './no-printer.ts';
import type { PrintTimings } from './print-job.ts';
import type { PrinterListener, ReceiptPrinter } from './printer.ts';
import { nameOfPrinter, parsePrinterTarget } from './target.ts';
import { createVirtualPrinter, type Sheet } from './virtual-printer.ts';

export interface PrinterOptions extends PaperOptions, PrinterListener {
  readonly clock: Clock;
  /** What the virtual printer prints; no other printer calls it. */
  readonly onSheet: (sheet: Sheet) => void;
  readonly timings?: PrintTimings;
}

/**
 * The printer that the text names: `tcp:HOST:PORT`, `file:/dev/usb/lp0`, `virtual` or `none`. Returns at once; how the
 * printer is, it says itself.
 *
 * @throws DeviceTargetError when the text names no printer.
 */
export function openPrinter(text: string, options: PrinterOptions): ReceiptPrinter {
  const target = parsePrinterTarget(text);
  const named = { ...options, name: nameOfPrinter(target) };
  switch (target.kind) {
    case 'tcp':
      return createLinkPrinter(createTcpLinks(target, options.clock), named);
    case 'file':
      return createLinkPrinter(createFileLinks(target.path, options.clock), named);
    case 'virtual':
      return createVirtualPrinter(options);
    case 'none':
      return noPrinter;
  }
}
