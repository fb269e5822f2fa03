import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { createPtyPair, type PtyPair } from '../devices/pty-pair.ts';
import { compareBooks } from '../fixtures/books.ts';
import { decodeEscpos } from '../fixtures/escpos-decoder.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

let shop: TestShop;
let scanner: PtyPair;
let printer: PrinterServer;

beforeEach(async () => {
  shop = await openShop();
  scanner = await createPtyPair();
  printer = await startPrinterServer();
});
afterEach(async () => {
  await printer.close();
  await scanner[Symbol.asyncDispose]();
  await shop.close();
});

function sell(...more: string[]) {
  return startSaoma([
    'sell',
    ...['--data', shop.dataDir, '--amount', '12.30', '--json'],
    ...['--scanner', `serial:${scanner.path}@9600`, '--printer', `tcp:127.0.0.1:${printer.port}`],
    ...more,
  ]);
}

/** The ledger with its WAL, the log and everything else in the folder, as bytes. */
function everythingOnDisk(): Buffer {
  const files = ['ledger.db', 'ledger.db-wal', 'saoma.log'].map((name) => {
    try {
      return readFileSync(join(shop.dataDir, name));
    } catch {
      return Buffer.alloc(0);
    }
  });
  return Buffer.concat(files);
}

function firstPrint(): { state: string; detail: string | null } | undefined {
  const db = openLedgerReadOnly(shop.dataDir);
  const row = db.prepare<[], { state: string; detail: string | null }>('SELECT state, detail FROM print').get();
  db.close();
  return row;
}

describe('saoma sell', () => {
  it('goes from the bytes of the scanner to the paper of the printer, with all books agreeing', async () => {
    await using saoma = await sell();
    await saoma.event(({ event }) => event === 'ready');
    const code = shop.simulator.freshCode('pays');
    await scanner.write(code.slice(0, 7));
    await scanner.write(`${code.slice(7)}\r\n`);

    expect(await saoma.exited).toBe(0);
    const [order] = shop.simulator.orders();
    expect(saoma.events).toEqual([
      { event: 'ready' },
      { event: 'state', state: 'submitted', phase: 'working' },
      { event: 'state', state: 'paid', phase: 'paid' },
      { event: 'done', state: 'paid', outTradeNo: order?.outTradeNo, amountFen: 1230 },
    ]);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);

    const text = decodeEscpos(printer.jobs[0] ?? Buffer.alloc(0)).lines.join('\n');
    expect(text).toContain('天虹便利店');
    expect(text).toContain('12.30');
    expect(text).toContain(order?.outTradeNo);
    expect(text).toContain(order?.transactionId);
    expect(everythingOnDisk().includes(code)).toBe(false);
  });

  it.each([
    ['not-enough', 'declined'],
    ['password-cancels', 'reversed'],
    ['system-error', 'reversed'],
    ['reply-lost', 'paid'],
  ])('with a customer of the kind %s ends %s, and 0 only when paid', async (scenario, state) => {
    await using saoma = await sell();
    await saoma.event(({ event }) => event === 'ready');
    await scanner.write(`${shop.simulator.freshCode(scenario)}\r`);
    expect(await saoma.exited).toBe(state === 'paid' ? 0 : 1);
    expect(saoma.events.at(-1)).toMatchObject({ event: 'done', state });
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
    expect(printer.jobs).toHaveLength(state === 'paid' ? 1 : 0);
  });

  it('does nothing for a code that is no WeChat payment code, and waits on', async () => {
    await using saoma = await sell();
    await saoma.event(({ event }) => event === 'ready');
    await scanner.write('281234567890123456\r6901234567892\r');
    await scanner.write(`${shop.simulator.freshCode('pays')}\r`);
    expect(await saoma.exited).toBe(0);
    expect(shop.simulator.orders()).toHaveLength(1);
    const notices = saoma.events.filter(({ event }) => event === 'notice').map(({ code }) => code);
    expect(notices).toEqual(['SCAN_ALIPAY', 'SCAN_PRODUCT']);
  });

  it('is paid although the printer is off; the receipt stays owed and prints at the next start', async () => {
    const { port } = printer;
    await printer.close();
    {
      await using saoma = await sell();
      await saoma.event(({ event }) => event === 'ready');
      await scanner.write(`${shop.simulator.freshCode('pays')}\r`);
      await saoma.event(({ state }) => state === 'paid');
      await vi.waitUntil(() => firstPrint()?.state === 'queued' && firstPrint()?.detail, { timeout: 20_000 });
      await saoma.kill('SIGKILL');
    }
    printer = await startPrinterServer({}, port);
    await using again = await sell();
    await again.event(({ event }) => event === 'ready');
    await scanner.write(`${shop.simulator.freshCode('pays')}\r`);
    expect(await again.exited).toBe(0);
    expect(printer.jobs).toHaveLength(2);
  });
});

describe('saoma sell that cannot begin', () => {
  it.each([
    ['an amount that is none', ['--amount', '12.345'], 'AMOUNT_INVALID'],
    ['a scanner that is not there', ['--scanner', 'serial:/dev/not-there'], 'SCANNER_MISSING'],
    ['a scanner name nobody knows', ['--scanner', 'usb'], 'SCANNER_TARGET'],
    ['a printer name nobody knows', ['--printer', 'laser'], 'PRINTER_TARGET'],
  ])('because of %s says so in three lines and ends 2', async (_, flags, code) => {
    await using saoma = await sell(...flags);
    expect(await saoma.exited).toBe(2);
    expect(saoma.events).toMatchObject([{ event: 'error', code }]);
    expect(saoma.stderr().trim().split('\n').length).toBe(4);
    expect(shop.simulator.orders()).toEqual([]);
  });

  it('because another till has the scanner says so', async () => {
    await using first = await sell();
    await first.event(({ event }) => event === 'ready');
    const other = join(shop.dataDir, '..', 'other');
    await using second = await sell('--data', other);
    expect(await second.exited).toBe(2);
    expect(second.events).toMatchObject([{ event: 'error', code: 'SCANNER_BUSY' }]);
  });

  it('because another process has the data folder names that process', async () => {
    await using first = await sell();
    await first.event(({ event }) => event === 'ready');
    await using second = await sell();
    expect(await second.exited).toBe(2);
    expect(second.events).toMatchObject([
      { event: 'error', code: 'DATA_IN_USE', detail: expect.stringContaining(String(first.pid)) },
    ]);
  });

  it.each([
    ['no key', { apiKey: undefined }, 'KEY_MISSING'],
    ['a key file that is not there', { apiKey: undefined, apiKeyFile: 'nowhere.txt' }, 'KEY_UNREADABLE'],
    ['a key of the wrong length', { apiKey: 'short' }, 'KEY_INVALID'],
    ['no certificate', { certificate: undefined }, 'CERT_MISSING'],
    ['a certificate that is not there', { certificate: { p12File: 'nowhere.p12' } }, 'CERT_MISSING'],
    ['a certificate that is none', { certificate: { p12File: 'config.json' } }, 'CERT_DAMAGED'],
  ])('because of %s says so', async (_, change, code) => {
    changeGateway(change);
    await using saoma = await sell();
    expect(await saoma.exited).toBe(2);
    expect(saoma.events).toMatchObject([{ event: 'error', code }]);
  });

  it('because the password of the certificate is wrong says so', async () => {
    writeFileSync(join(shop.dataDir, 'own.p12'), shop.simulator.clientP12);
    changeGateway({ certificate: { p12File: 'own.p12', password: 'wrong' } });
    await using saoma = await sell();
    expect(await saoma.exited).toBe(2);
    expect(saoma.events).toMatchObject([{ event: 'error', code: 'CERT_PASSWORD' }]);
  });

  it('takes the .p12 with the merchant number as its password, as it comes from the platform', async () => {
    writeFileSync(join(shop.dataDir, 'own.p12'), shop.simulator.clientP12);
    changeGateway({ certificate: { p12File: 'own.p12' } });
    await using saoma = await sell();
    await saoma.event(({ event }) => event === 'ready');
    await scanner.write(`${shop.simulator.freshCode('password-cancels')}\r`);
    expect(await saoma.exited).toBe(1);
    expect(saoma.events.at(-1)).toMatchObject({ state: 'reversed' });
  });
});

describe('saoma sell on a full disk', () => {
  it.skipIf(process.getuid?.() !== 0)(
    'says so before anything is sent, and sells when there is room again',
    async () => {
      const disk = join(shop.dataDir, '..', 'disk');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
      try {
        copyFileSync(join(shop.dataDir, 'config.json'), join(disk, 'config.json'));
        {
          await using first = await sell('--data', disk);
          await first.event(({ event }) => event === 'ready');
          fillUp(join(disk, 'other'));
          await scanner.write(`${shop.simulator.freshCode('pays')}\r`);
          await first.event(({ event }) => event === 'notice');
          expect(first.events.at(-1)).toMatchObject({ event: 'notice', code: 'LEDGER_UNWRITABLE' });
          expect(shop.simulator.orders()).toEqual([]);

          rmSync(join(disk, 'other'));
          await scanner.write(`${shop.simulator.freshCode('pays')}\r`);
          expect(await first.exited).toBe(0);
        }
        expect(compareBooks(disk, shop.simulator)).toEqual([]);

        fillUp(join(disk, 'other'));
        await using second = await sell('--data', disk);
        expect(await second.exited).toBe(2);
        expect(second.events).toMatchObject([{ event: 'error', code: 'DISK_FULL' }]);
      } finally {
        execFileSync('umount', [disk]);
      }
    },
  );
});

describe('saoma simulator and saoma kiosk', () => {
  it('say that their port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    for (const command of [
      ['simulator', '--port', port],
      ['kiosk', '--no-open', '--port', port, '--data', shop.dataDir],
    ]) {
      await using saoma = await startSaoma(command);
      expect(await saoma.exited).toBe(2);
      expect(saoma.stderr()).toContain('[PORT_BUSY]');
    }
    squatter.close();
  });
});

/** Writes until the disk takes no more. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}

function changeGateway(change: Record<string, unknown>): void {
  const path = join(shop.dataDir, 'config.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...settings, gateway: { ...settings.gateway, ...change } }));
}
