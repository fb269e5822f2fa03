import type { Clock } from '../../core/time.ts';
import type { Scanner, ScannerListener } from './scanner.ts';
import { openSerialScanner } from './serial-scanner.ts';
import { parseScannerTarget } from './target.ts';
import { createVirtualScanner } from './virtual-scanner.ts';

export interface ScannerOptions extends ScannerListener {
  readonly clock: Clock;
}

/**
 * The scanner that the text names: `serial:/dev/ttyUSB0@9600`, `virtual` or `none`. Returns at once; how the scanner
 * is, it says itself.
 *
 * @throws DeviceTargetError when the text names no scanner.
 */
export function openScanner(text: string, options: ScannerOptions): Scanner {
  const target = parseScannerTarget(text);
  switch (target.kind) {
    case 'serial':
      return openSerialScanner(target, options, options.clock);
    case 'virtual':
      return createVirtualScanner(options);
    case 'none':
      return { status: () => ({ kind: 'scanner', name: 'none', state: 'none' }), close: async () => undefined };
  }
}
