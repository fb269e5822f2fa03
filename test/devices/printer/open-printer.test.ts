import { expect, it } from 'vitest';
import { openPrinter } from '../../../src/devices/printer/open-printer.ts';
import type { Sheet } from '../../../src/devices/printer/virtual-printer.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { aReceipt } from './a-receipt.ts';

it('opens a virtual printer, which puts each receipt on screen', async () => {
  const clock = new ManualClock();
  const { printer, sheets } = open('virtual', clock);
  expect(await printer.print(aReceipt())).toEqual({ result: 'printed' });
  await clock.advance(1_000);
  await printer.print(aReceipt({ copy: 1 }));
  expect(printer.status()).toEqual({ kind: 'printer', name: 'virtual', state: 'ready' });
  expect(sheets.map(({ svg, ...sheet }) => sheet)).toEqual([
    { id: 'sheet-1', at: clock.now() - 1_000, saleNumber: '0001-01-000042', copy: 0 },
    { id: 'sheet-2', at: clock.now(), saleNumber: '0001-01-000042', copy: 1 },
  ]);
  expect(sheets[1]?.svg).toMatch(/^<svg .*<\/svg>\n$/s);
});

it('has a printer for tills that have none', async () => {
  const { printer } = open('none');
  expect(await printer.print(aReceipt())).toEqual({ result: 'not-sent', status: printer.status() });
  expect(printer.status()).toEqual({ kind: 'printer', name: 'none', state: 'none' });
});

it('refuses a name it does not know before anything is opened', () => {
  expect(() => open('lpt1')).toThrow(/Not a printer: "lpt1"/);
});

function open(name: string, clock = new ManualClock()) {
  const sheets: Sheet[] = [];
  const onSheet = (sheet: Sheet) => void sheets.push(sheet);
  return { sheets, printer: openPrinter(name, { columns: 32, clock, onSheet, onStatus: () => undefined }) };
}
