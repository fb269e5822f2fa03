import { expect, it, onTestFinished, vi } from 'vitest';
import { openScanner } from '../../../src/devices/scanner/open-scanner.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';
import { createPtyPair } from '../pty-pair.ts';

const listener = { clock: createSystemClock(), onScan: () => undefined, onStatus: () => undefined };

it('opens the serial scanner that is named', async () => {
  const line = await createPtyPair();
  onTestFinished(() => line[Symbol.asyncDispose]());
  const scanner = openScanner(`serial:${line.path}@115200`, listener);
  onTestFinished(() => scanner.close());
  expect(scanner.status()).toEqual({ kind: 'scanner', name: `serial:${line.path}@115200`, state: 'opening' });
  await vi.waitUntil(() => scanner.status().state === 'ready', { timeout: 20_000, interval: 5 });
});

it.each(['virtual', 'none'])('needs no device for "%s"', async (name) => {
  const scanner = openScanner(name, listener);
  expect(scanner.status()).toMatchObject({ name, state: name === 'none' ? 'none' : 'ready' });
  await scanner.close();
});

it('refuses a name it does not know', () => {
  expect(() => openScanner('usb', listener)).toThrow(/Not a scanner: "usb"/);
});
