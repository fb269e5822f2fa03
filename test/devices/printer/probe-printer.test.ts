import { expect, it, onTestFinished } from 'vitest';
import { probePrinter } from '../../../src/devices/printer/probe-printer.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';
import { startPrinterServer } from '../../fixtures/printer-server.ts';

const clock = createSystemClock();

it('finds a printer well, or says what it lacks, without printing', async () => {
  const server = await startPrinterServer();
  onTestFinished(() => server.close());
  const name = `tcp:127.0.0.1:${server.port}`;
  expect(await probePrinter(name, clock)).toEqual({ kind: 'printer', name, state: 'ready' });
  server.mood.paper = false;
  expect(await probePrinter(name, clock)).toMatchObject({ state: 'paper-out' });
  expect(server.jobs).toEqual([]);
  await server.close();
  expect(await probePrinter(name, clock)).toMatchObject({ state: 'missing', detail: /ECONNREFUSED/ });
});

it('looks for the device file', async () => {
  expect(await probePrinter('file:/dev/usb/lp99', clock)).toMatchObject({ state: 'missing', detail: /ENOENT/ });
});

it.each([
  ['virtual', 'ready'],
  ['none', 'none'],
])('has nothing to look for with "%s"', async (name, state) => {
  expect(await probePrinter(name, clock)).toEqual({ kind: 'printer', name, state });
});
