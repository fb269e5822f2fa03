import type { DeviceStatus } from '../../core/device-status.ts';
import type { ReceiptPrinter } from './printer.ts';

const NONE: DeviceStatus = { kind: 'printer', name: 'none', state: 'none' };

/** For a till without a printer, so that nobody has to ask whether there is one. */
export const noPrinter: ReceiptPrinter = {
  print: async () => ({ result: 'not-sent', status: NONE }),
  status: () => NONE,
  close: async () => undefined,
};
