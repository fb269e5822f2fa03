import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { createTerminal, type Terminal } from '../../../src/main/terminal.ts';
import type { TerminalClient } from '../../../src/renderer/connection/connection.ts';
import { compareBooks } from '../../fixtures/books.ts';
import { openShop, type TestShop } from '../../fixtures/shop.ts';

const AMOUNT = fen(1_230);
const NOBODY = '4200000000209901010000000001';
const APPROVED = { amountFen: AMOUNT, manager: ' 王店长 ', seen: '手机显示付给本店' };

let shop: TestShop;
let terminal: Terminal;
let client: TerminalClient;

beforeEach(async () => {
  shop = await openShop();
  await start();
});
afterEach(async () => {
  await terminal.close();
  await shop.close();
});

async function start(): Promise<void> {
  terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
  client = createRouterClient(terminal.router);
}

async function accept(transactionId?: string) {
  await client.till.ask({ amountFen: AMOUNT });
  await client.offline.acceptStatic({ ...APPROVED, ...(transactionId === undefined ? {} : { transactionId }) });
  const [task] = terminal.queue().tasks;
  if (task === undefined) throw new Error('Nothing is to be verified');
  return task;
}

describe('the offline work of a running terminal, over the real client', () => {
  it('proves a payment on the static code by the number on the phone, and the books agree', async () => {
    const { taskId } = await accept();
    const { transactionId } = shop.simulator.payStatic(AMOUNT);
    expect(await client.offline.lookUp({ taskId, transactionId: NOBODY })).toEqual({
      proven: false,
      finding: { code: 'NOT_FOUND' },
    });
    expect(await client.offline.lookUp({ taskId, transactionId })).toEqual({ proven: true });
    await expect(client.offline.lookUp({ taskId, transactionId })).rejects.toMatchObject({ code: 'NO_SUCH_TASK' });
    expect(terminal.queue()).toMatchObject({ count: 0, tasks: [] });
    expect(terminal.queue()).not.toHaveProperty('toVerify');
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });

  it('does not take a payment of the till itself for one', async () => {
    const { taskId } = await accept();
    await client.till.next({});
    await client.till.ask({ amountFen: AMOUNT });
    await client.till.scan({ text: shop.simulator.freshCode('pays'), source: 'typed' });
    const till = await client.till.watch({});
    let transactionId: string | undefined;
    for await (const { payment } of till) {
      transactionId = payment?.transactionId;
      if (payment?.phase === 'paid') break;
    }
    expect(await client.offline.lookUp({ taskId, transactionId: transactionId ?? '' })).toEqual({
      proven: false,
      finding: { code: 'OWN_PAYMENT', saleNumber: '0001-01-000002' },
    });
  });

  it('ends what was not received by a manager’s word, as a task of the queue', async () => {
    const { taskId } = await accept();
    expect(await client.queue.tryNow({ taskId })).toEqual({ started: false });
    await client.queue.giveUp({ taskId, manager: '李店长', reason: '账单里没有' });
    expect(terminal.queue()).toMatchObject({ tasks: [], givenUp: { count: 0 } });
    const sales = await client.sales.watchToday({});
    const { value } = await sales.next();
    expect(value).toMatchObject({ paidFen: 0, rows: [{ phase: 'disproven', tender: 'static' }] });
    await sales.return?.(undefined);
  });

  it('keeps what is held and what is to be verified over a restart, and asks about the number by itself', async () => {
    await client.offline.hold({ amountFen: fen(500), label: '红衣服' });
    const { transactionId } = shop.simulator.payStatic(AMOUNT);
    await accept(transactionId);
    await terminal.close();
    await start();
    expect(terminal.till.view().held).toMatchObject([{ amountFen: 500, label: '红衣服' }]);
    const queue = await client.queue.watch({});
    for await (const view of queue) if (view.toVerify === undefined) break;
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });

  it('refuses in words what cannot be, and words that could be a payment code', async () => {
    const saleId = 'nobody';
    await expect(client.offline.resume({ saleId })).rejects.toMatchObject({ code: 'NO_SUCH_HELD' });
    await expect(client.offline.discard({ saleId })).rejects.toMatchObject({ code: 'NO_SUCH_HELD' });
    await client.offline.hold({ amountFen: fen(500) });
    await client.till.ask({ amountFen: AMOUNT });
    const held = terminal.till.view().held?.[0]?.saleId ?? '';
    await expect(client.offline.resume({ saleId: held })).rejects.toMatchObject({ code: 'SALE_IN_FRONT' });
    await expect(client.offline.acceptStatic({ ...APPROVED, seen: '134567890123456789' })).rejects.toThrow();
    await expect(client.offline.acceptStatic({ ...APPROVED, manager: ' ' })).rejects.toThrow();
    expect(terminal.queue()).not.toHaveProperty('toVerify');
  });
});
