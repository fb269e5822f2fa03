import type { Scanner, ScannerListener } from './scanner.ts';

/** A scanner for demos and training, whose scans come from the program. */
export interface VirtualScanner extends Scanner {
  scan(text: string): void;
}

export function createVirtualScanner(listener: ScannerListener): VirtualScanner {
  let closed = false;
  return {
    scan(text) {
      if (!closed) listener.onScan(text);
    },
    status: () => ({ kind: 'scanner', name: 'virtual', state: 'ready' }),
    async close() {
      closed = true;
    },
  };
}
