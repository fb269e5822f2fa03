import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { QueueView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { checkUpload } from '../../../src/main/doctor/upload-check.ts';
import { openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createTerminal, type Terminal } from '../../../src/main/terminal.ts';
import type { TerminalClient } from '../../../src/renderer/connection/connection.ts';
import { openShop, type TestShop } from '../../fixtures/shop.ts';
import {
  type BackOffice,
  officeCertificates,
  openBackOffice,
  UPLOAD_KEY,
  uploadSettings,
} from './support/back-office.ts';

let certificates: Awaited<ReturnType<typeof officeCertificates>>;
let shop: TestShop;
let office: BackOffice;
let terminal: Terminal | undefined;

beforeAll(async () => {
  certificates = await officeCertificates();
});
beforeEach(async () => {
  office = await openBackOffice(certificates);
});
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  await shop.close();
  await office.close();
});

async function openTill(): Promise<TerminalClient> {
  terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
  return createRouterClient(terminal.router);
}

async function closeTill(): Promise<void> {
  await terminal?.close();
  terminal = undefined;
}

/** A shop whose settings name the back office. */
async function openReportingShop(more: Record<string, unknown> = {}): Promise<void> {
  shop = await openShop();
  configure({ upload: { ...uploadSettings(shop.dataDir, office.url, certificates), ...more } });
}

function configure(settings: Record<string, unknown>): void {
  const path = join(shop.dataDir, 'config.json');
  const { upload: _, ...present } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...present, ...settings }));
}

async function sellForCash(client: TerminalClient): Promise<void> {
  await client.till.next();
  await client.till.ask({ amountFen: fen(1_230) });
  await client.till.takeCash({ amountFen: fen(1_230), tenderedFen: fen(2_000) });
}

async function queueUntil(client: TerminalClient, isIt: (view: QueueView) => boolean): Promise<QueueView> {
  for await (const view of await client.queue.watch()) if (isIt(view)) return view;
  throw new Error('The queue is not watched any more');
}

const events = (): readonly string[] => office.accepted().map((key) => key.split(':')[0] ?? '');

/** Whole, and the same when it is made again. */
function booksAreWhole(): void {
  const verify = () => {
    const db = openLedgerReadOnly(shop.dataDir);
    try {
      return verifyLedger(db).problems;
    } finally {
      db.close();
    }
  };
  expect(verify()).toEqual([]);
  rebuildLedger(shop.dataDir);
  expect(verify()).toEqual([]);
}

describe('a till that reports to a back office', () => {
  it('tells it of each outcome once, signed, and nothing of codes or keys; its books stay whole', async () => {
    await openReportingShop();
    const client = await openTill();
    await sellForCash(client);
    await client.till.next();
    await client.till.ask({ amountFen: fen(500) });
    const code = shop.simulator.freshCode('pays');
    await client.till.scan({ text: code, source: 'wedge' });
    await office.hasAccepted(2);
    expect(events()).toEqual(['cash.received', 'payment.paid']);
    expect(office.deliveries.every(({ isGenuine }) => isGenuine)).toBe(true);
    expect(office.deliveries[1]?.report).toMatchObject({
      version: 1,
      storeId: '0001',
      terminalId: '01',
      sale: { number: '0001-01-000002', amountFen: 500 },
      payment: { state: 'paid', settlement: { totalFen: 500 } },
    });
    expect(office.deliveries.map(({ body }) => body).join()).not.toContain(code);
    await queueUntil(client, ({ uploads }) => uploads === undefined);
    await closeTill();
    booksAreWhole();
    const kept = ['ledger.db', 'saoma.log'].map((file) => readFileSync(join(shop.dataDir, file), 'latin1')).join();
    expect(kept).not.toContain(UPLOAD_KEY);
  });

  it('tells nothing of what was certain before it was switched on, and keeps what is owed while it is off', async () => {
    shop = await openShop();
    await sellForCash(await openTill());
    await closeTill();
    configure({ upload: uploadSettings(shop.dataDir, office.url, certificates) });
    office.behave(({ response }) => response.writeHead(503).end());
    let client = await openTill();
    await sellForCash(client);
    await queueUntil(client, ({ uploads }) => uploads?.lastError === 'HTTP 503');
    await closeTill();

    configure({});
    client = await openTill();
    await sellForCash(client);
    expect(terminal?.queue().uploads).toMatchObject({ on: false, waiting: 1, refused: 0 });
    await closeTill();

    office.behave(({ response }) => response.writeHead(200).end());
    configure({ upload: uploadSettings(shop.dataDir, office.url, certificates) });
    client = await openTill();
    await sellForCash(client);
    // The fourth at once; the second, from before it was off, when its next try is due.
    const { uploads } = await queueUntil(client, (view) => (view.uploads?.waiting ?? 0) < 2);
    expect(office.accepted().length + (uploads?.waiting ?? 0)).toBe(2);
    const numbers = new Set(office.deliveries.map(({ report }) => (report.sale as { number: string }).number));
    expect([...numbers].every((number) => /00000[24]$/.test(number))).toBe(true);
    await closeTill();
    booksAreWhole();
  });

  it('shows what was refused and why; a manager sends it again, or gives it up', async () => {
    await openReportingShop();
    office.behave(({ response }) => response.writeHead(422).end('门店不存在'));
    const client = await openTill();
    await sellForCash(client);
    const refused = await queueUntil(client, ({ uploads }) => uploads?.refused === 1);
    const [task] = refused.tasks;
    expect(refused).toMatchObject({ count: 0, humanCount: 0, uploads: { waiting: 0, refused: 1 } });
    expect(task).toMatchObject({
      kind: 'upload',
      state: 'human',
      said: 'HTTP 422: 门店不存在',
      saleNumber: '0001-01-000001',
    });
    const taskId = task?.taskId ?? '';
    expect(await client.queue.tryNow({ taskId })).toEqual({ started: true });
    await queueUntil(client, ({ tasks }) => tasks[0]?.attempts === 2);
    await client.queue.giveUp({ taskId, manager: '王店长', reason: '已手工补录' });
    await queueUntil(client, ({ uploads }) => uploads === undefined);

    await sellForCash(client);
    await queueUntil(client, ({ uploads }) => uploads?.refused === 1);
    office.behave(({ response }) => response.writeHead(200).end());
    await client.queue.tryNow({ taskId: terminal?.queue().tasks[0]?.taskId ?? '' });
    await office.hasAccepted(1);
    await queueUntil(client, ({ uploads }) => uploads === undefined);
    await closeTill();
    booksAreWhole();
  });

  it('sells as ever when its key cannot be read; the doctor says so, and what is owed waits', async () => {
    await openReportingShop({ keyFile: 'nowhere.key' });
    const client = await openTill();
    await sellForCash(client);
    expect(terminal?.queue().uploads).toMatchObject({ on: true, waiting: 1 });
    expect(terminal?.isUploading()).toBe(false);
    await closeTill();
    const finding = await checkUpload(shop.dataDir);
    expect(finding).toMatchObject({ state: 'warn', says: { en: expect.stringContaining('cannot be read') } });
    configure({ upload: uploadSettings(shop.dataDir, office.url, certificates) });
    expect(await checkUpload(shop.dataDir)).toMatchObject({
      state: 'ok',
      says: { en: expect.stringContaining('1 wait') },
    });
    expect(office.deliveries).toEqual([]);
    await openTill();
    await office.hasAccepted(1);
  });
});

it('a plain http address is for this very machine only', async () => {
  const plain = await openBackOffice(undefined);
  shop = await openShop();
  configure({ upload: uploadSettings(shop.dataDir, plain.url) });
  await sellForCash(await openTill());
  await plain.hasAccepted(1);
  await closeTill();
  await plain.close();
  for (const url of [
    'http://office.example/',
    'http://127.0.0.1.example/',
    'https://user:word@office.example/',
    'ftp://127.0.0.1/',
  ]) {
    configure({ upload: { url, keyFile: 'upload.key' } });
    await expect(createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  }
});
