import { expect, it } from 'vitest';
import { createVirtualScanner } from '../../../src/devices/scanner/virtual-scanner.ts';

it('hands over what the program scans, until it is closed', async () => {
  const scans: string[] = [];
  const scanner = createVirtualScanner({ onScan: (text) => scans.push(text), onStatus: () => undefined });
  scanner.scan('134567890123456789');
  await scanner.close();
  scanner.scan('101234567890123456');
  expect(scans).toEqual(['134567890123456789']);
  expect(scanner.status()).toEqual({ kind: 'scanner', name: 'virtual', state: 'ready' });
});
