import type { DeviceStatus } from '../core/device-status.ts';
import type { Clock } from '../core/time.ts';
import { openPrinter } from '../devices/printer/open-printer.ts';
import type { ReceiptPrinter } from '../devices/printer/printer.ts';
import { openScanner } from '../devices/scanner/open-scanner.ts';
import type { Scanner } from '../devices/scanner/scanner.ts';
import type { Config } from './config/config.ts';
import { createPaperRoll, type PaperRoll } from './printing/paper-roll.ts';

/* The devices that the settings name. Without a word on one, the simulator has virtual ones, and a real shop none. */

export interface DeviceOptions {
  readonly config: Config;
  /** No real money is moved here. */
  readonly isSimulated: boolean;
  readonly clock: Clock;
  readonly onStatus: (status: DeviceStatus) => void;
}

export interface OpenPaper {
  readonly printer: ReceiptPrinter;
  /** What a virtual printer has printed, for a screen. */
  readonly roll: PaperRoll;
  /** Characters to a line. */
  readonly columns: number;
}

export function openPaper(options: DeviceOptions & { readonly onSheet: () => void }): OpenPaper {
  const { config, clock, onStatus, onSheet } = options;
  const columns = config.paperWidthMm === 58 ? 32 : 48;
  const roll = createPaperRoll({ onChange: onSheet });
  const target = config.printer ?? fallback(options);
  return { printer: openPrinter(target, { columns, clock, onStatus, onSheet: roll.add }), roll, columns };
}

export interface OpenScans {
  readonly scanner: Scanner;
  /** No device scans here: codes come from a screen or a program. */
  readonly scansByProgram: boolean;
}

export function openScans(options: DeviceOptions & { readonly onScan: (text: string) => void }): OpenScans {
  const { config, clock, onStatus, onScan } = options;
  const target = config.scanner ?? fallback(options);
  const scansByProgram = target === 'virtual' || target === 'none';
  return { scanner: openScanner(target, { clock, onScan, onStatus }), scansByProgram };
}

function fallback({ isSimulated }: DeviceOptions): 'virtual' | 'none' {
  return isSimulated ? 'virtual' : 'none';
}
