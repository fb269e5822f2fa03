import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openPrinter } from '../../../src/devices/printer/open-printer.ts';
import { createSystemClock } from '../../../src/main/system-clock.ts';
import { decodeEscpos } from '../../fixtures/escpos-decoder.ts';
import { createPtyPair } from '../pty-pair.ts';
import { withoutRootsRights } from '../without-roots-rights.ts';
import { aReceipt } from './a-receipt.ts';

const QUICK = { takeMs: 300, processMs: 200, doubtMs: 200, answerMs: 100 };

describe('a receipt for a printer that is a device file', () => {
  it('is printed when the printer says so', async () => {
    const device = await aDevice();
    const printer = openOn(device.path, { takeMs: 5_000, processMs: 10_000, doubtMs: 10_000, answerMs: 5_000 });
    const outcome = printer.print(aReceipt());
    const job: Buffer[] = [];
    while (
      !Buffer.concat(job)
        .subarray(-3)
        .equals(Buffer.from([0x1d, 0x72, 0x01]))
    )
      job.push(await device.read());
    await device.write(Uint8Array.of(0x00));
    expect(await outcome).toEqual({ result: 'printed' });
    expect(decodeEscpos(Buffer.concat(job)).lines).toContain('单号 Sale         0001-01-000042');
  });

  it('is sent when the printer cannot answer', async () => {
    const device = await aDevice();
    const printer = openOn(device.path);
    expect(await printer.print(aReceipt())).toEqual({ result: 'sent' });
  });

  it('is unknown when the printer stops taking data in the middle, and the next is not sent while it is stuck', async () => {
    const device = await aDevice();
    const printer = openOn(device.path, { takeMs: 300, processMs: 5, doubtMs: 5, answerMs: 5 });
    let outcome = await printer.print(aReceipt());
    for (let copy = 1; outcome.result === 'sent' && copy < 200; copy++)
      outcome = await printer.print(aReceipt({ copy }));
    expect(outcome).toMatchObject({ result: 'unknown', status: { state: 'faulty', detail: /no more data/ } });
    expect(await printer.print(aReceipt())).toMatchObject({ result: 'not-sent', status: { state: 'faulty' } });
  });
});

describe('a printer file that cannot be used', () => {
  it('is missing when it is not there, and is not made', async () => {
    const printer = openOn(join(aFolder(), 'lp0'));
    expect(await printer.print(aReceipt())).toMatchObject({
      result: 'not-sent',
      status: { state: 'missing', detail: /ENOENT/ },
    });
    expect(await printer.print(aReceipt())).toMatchObject({ result: 'not-sent' });
  });

  it('is denied when the system does not let us', async () => {
    const path = join(aFolder(), 'lp0');
    writeFileSync(path, '');
    chmodSync(path, 0o000);
    withoutRootsRights();
    expect(await openOn(path).print(aReceipt())).toMatchObject({ result: 'not-sent', status: { state: 'denied' } });
  });

  it('has got nothing when it takes nothing', async () => {
    const outcome = await openOn('/dev/full').print(aReceipt());
    expect(outcome).toMatchObject({ result: 'not-sent', status: { state: 'faulty', detail: /ENOSPC/ } });
  });
});

it('adds each receipt to a plain file, for want of a printer', async () => {
  const path = join(aFolder(), 'paper');
  writeFileSync(path, '');
  const printer = openOn(path);
  expect(await printer.print(aReceipt())).toEqual({ result: 'sent' });
  expect(await printer.print(aReceipt({ copy: 1 }))).toEqual({ result: 'sent' });
  expect(decodeEscpos(readFileSync(path)).events.filter(({ type }) => type === 'cut')).toHaveLength(2);
  expect(printer.status()).toEqual({ kind: 'printer', name: `file:${path}`, state: 'ready' });
});

async function aDevice() {
  const device = await createPtyPair();
  onTestFinished(() => device[Symbol.asyncDispose]());
  return device;
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'printer-'));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function openOn(path: string, timings = QUICK) {
  const printer = openPrinter(`file:${path}`, {
    columns: 32,
    clock: createSystemClock(),
    timings,
    onStatus: () => undefined,
    onSheet: () => vi.fn(),
  });
  onTestFinished(() => printer.close());
  return printer;
}
