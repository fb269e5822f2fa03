import type { DeviceStatus } from '../../core/device-status.ts';

/**
 * All the terminal asks of a scanner: it opens, closes and reopens by itself, says how it is, and hands over one text
 * per scan, without terminators. What the text means is decided by content (core/payment-code.ts), not by the driver.
 */
export interface Scanner {
  status(): DeviceStatus;
  close(): Promise<void>;
}

export interface ScannerListener {
  onScan(text: string): void;
  onStatus(status: DeviceStatus): void;
}
