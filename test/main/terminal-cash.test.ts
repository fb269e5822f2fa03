import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueueView, SalesView } from '../../src/contract/types.ts';
import { fen } from '../../src/core/money.ts';
import { createTerminal, type Terminal } from '../../src/main/terminal.ts';
import type { TerminalClient } from '../../src/renderer/connection/connection.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

const AMOUNT = fen(1_230);
const HUNDRED = fen(10_000);
const PATIENT = { timeout: 25_000, interval: 20 };

let shop: TestShop;
let terminal: Terminal | undefined;
let printer: PrinterServer | undefined;

afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  await printer?.close();
  printer = undefined;
  await shop.close();
});

/** A till with a network printer at that port, and what a screen can ask of it. */
async function openTill(printerTarget: string): Promise<TerminalClient> {
  shop = await openShop({ settings: { printer: printerTarget } });
  terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
  return createRouterClient(terminal.router);
}

/** A port at which a printer was a moment ago. */
async function deadPrinterPort(): Promise<number> {
  const gone = await startPrinterServer();
  await gone.close();
  return gone.port;
}

async function firstSale(client: TerminalClient): Promise<SalesView['rows'][number] | undefined> {
  for await (const view of await client.sales.watchToday()) return view.rows[0];
  return undefined;
}

/** What the screen is told of the queue, until it is told of this. */
async function queueUntil(client: TerminalClient, isIt: (view: QueueView) => boolean): Promise<QueueView> {
  for await (const view of await client.queue.watch()) if (isIt(view)) return view;
  throw new Error('The queue is not watched any more');
}

const owesPaper = ({ tasks }: QueueView) => tasks.some(({ kind }) => kind === 'print');

describe('cash, as a screen takes it', () => {
  it('is taken once, and the same answer is given to a second click', async () => {
    const client = await openTill('none');
    await client.till.ask({ amountFen: AMOUNT });
    const tender = { amountFen: AMOUNT, tenderedFen: HUNDRED };
    expect(await client.till.takeCash(tender)).toEqual({ accepted: true });
    expect(await client.till.takeCash(tender)).toEqual({ accepted: true });
    expect(await firstSale(client)).toMatchObject({ phase: 'paid', tender: 'cash', amountFen: 1_230, receipt: 'none' });
  });

  it('is refused with the reason when nobody asked for an amount, or less was handed over', async () => {
    const client = await openTill('none');
    const tender = { amountFen: AMOUNT, tenderedFen: HUNDRED };
    expect(await client.till.takeCash(tender)).toMatchObject({ accepted: false, notice: { code: 'CASH_UNASKED' } });
    await client.till.ask({ amountFen: AMOUNT });
    const tooLittle = { amountFen: AMOUNT, tenderedFen: fen(1_000) };
    expect(await client.till.takeCash(tooLittle)).toMatchObject({
      accepted: false,
      notice: { code: 'CASH_TOO_LITTLE' },
    });
    expect(await firstSale(client)).toBeUndefined();
  });
});

describe('cash with a printer that is dead', () => {
  it('is taken all the same; the receipt stays owed, and is printed once when the printer is back', async () => {
    const port = await deadPrinterPort();
    const client = await openTill(`tcp:127.0.0.1:${port}`);
    await client.till.ask({ amountFen: AMOUNT });
    expect(await client.till.takeCash({ amountFen: AMOUNT, tenderedFen: HUNDRED })).toEqual({ accepted: true });

    const { tasks } = await queueUntil(client, ({ tasks }) => (tasks[0]?.attempts ?? 0) > 0);
    expect(tasks).toMatchObject([{ kind: 'print', state: 'open', amountFen: 0, saleNumber: '0001-01-000001' }]);
    expect(await firstSale(client)).toMatchObject({ phase: 'paid', tender: 'cash' });
    expect(terminal?.unsettled()).toEqual({ count: 0, amountFen: 0 });

    printer = await startPrinterServer({}, port);
    await client.queue.tryNow({ taskId: tasks[0]?.taskId ?? '' });
    await queueUntil(client, (view) => !owesPaper(view));
    expect(await firstSale(client)).toMatchObject({ phase: 'paid', receipt: 'printed' });
    expect(printer.jobs).toHaveLength(1);
  });

  it('shows the receipt as owed at once, before the printer has said anything', async () => {
    // It takes the job, and is never heard of again: such a receipt ends as "unknown" and is owed no more.
    printer = await startPrinterServer({ speaks: false });
    const client = await openTill(`tcp:127.0.0.1:${printer.port}`);
    const owed = queueUntil(client, owesPaper);
    await client.till.ask({ amountFen: AMOUNT });
    await client.till.takeCash({ amountFen: AMOUNT, tenderedFen: HUNDRED });
    expect((await owed).tasks).toMatchObject([{ kind: 'print', state: 'open' }]);
    await expect.poll(() => printer?.crowd() ?? 0, PATIENT).toBeGreaterThan(0);
  });
});
