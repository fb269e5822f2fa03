import type { DeviceStatus } from '../../core/device-status.ts';
import type { Printable } from './printable.ts';

/** What is known of one receipt after handing it to a printer. */
export type PrintOutcome =
  /** The printer says that it has processed every byte. */
  | { readonly result: 'printed' }
  /** Every byte was taken; this printer cannot say more. */
  | { readonly result: 'sent' }
  /** Not one byte reached it: trying again cannot double the receipt. */
  | { readonly result: 'not-sent'; readonly status: DeviceStatus }
  /** Some bytes may have reached it: only a person can see whether the paper is whole. Never repeated unasked. */
  | { readonly result: 'unknown'; readonly status: DeviceStatus };

/** All the terminal asks of a printer; paper, code pages and cutters are the driver's business. Never throws. */
export interface ReceiptPrinter {
  print(paper: Printable): Promise<PrintOutcome>;
  status(): DeviceStatus;
  close(): Promise<void>;
}

export interface PrinterListener {
  onStatus(status: DeviceStatus): void;
}
