import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { createTerminal, type Terminal } from '../../../src/main/terminal.ts';
import type { TerminalClient } from '../../../src/renderer/connection/connection.ts';
import { compareBooks } from '../../fixtures/books.ts';
import { eventually } from '../../fixtures/eventually.ts';
import { aLedger } from '../../fixtures/ledger.ts';
import { openShop, type TestShop } from '../../fixtures/shop.ts';

/* The contract's refunds over a whole terminal, a real line and the simulator. */

let shop: TestShop;
let terminal: Terminal;
let client: TerminalClient;

beforeEach(async () => {
  shop = await openShop({ settings: { printer: 'virtual' } });
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

async function sell(scenario: string, phase: string): Promise<string> {
  terminal.till.ask(fen(1230));
  terminal.till.scan(shop.simulator.freshCode(scenario));
  const at = await eventually(
    () => {
      const { payment } = terminal.till.view();
      return payment?.phase === phase && payment;
    },
    { what: phase },
  );
  return at.saleId;
}

const approval = (n: number) => ({ refundId: `0123456789abcdef-${n}`, manager: '王店长', reason: '商品有问题' });
const story = (saleId: string) => client.sales.story({ saleId });
/** Looks up what is on its way now and again, rather than when it is due. */
const arrived = (saleId: string) =>
  eventually(
    async () => {
      for (const { taskId, kind } of terminal.queue().tasks) {
        if (kind === 'refund') await client.queue.tryNow({ taskId });
      }
      const { refunds, sale } = await story(saleId);
      return refunds.length > 0 && refunds.every(({ phase }) => phase === 'refunded') && sale;
    },
    { what: 'refunded' },
  );
const sheets = async () => {
  for await (const { sheets } of await client.paper.watch({})) return sheets;
  return [];
};

describe('refunds of a running terminal', () => {
  it('are followed from the request to the customer, in the story, the totals and on paper', async () => {
    const saleId = await sell('pays', 'paid');
    await client.refunds.request({ saleId, amountFen: 500, ...approval(1) });
    await client.refunds.request({ saleId, amountFen: 500, ...approval(1) });
    expect(await story(saleId)).toMatchObject({
      refunds: [{ phase: 'pending', amountFen: 500, manager: '王店长' }],
      refundable: { tender: 'wechat', paidFen: 1230, leftFen: 730 },
    });
    const over = client.refunds.request({ saleId, amountFen: 731, ...approval(2) });
    await expect(over).rejects.toMatchObject({ code: 'NOT_REFUNDABLE', data: { refusal: 'MORE_THAN_LEFT' } });

    const done = await arrived(saleId);
    expect(done).toMatchObject({ phase: 'paid', refundedFen: 500, refundPendingFen: 0 });
    for await (const today of await client.sales.watchToday({})) {
      expect(today).toMatchObject({ paidFen: 1230, refundedFen: 500, refundPendingFen: 0 });
      break;
    }
    await terminal.printed();
    expect(await sheets()).toHaveLength(3);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });

  it('go on after the terminal was closed in the middle', async () => {
    const saleId = await sell('pays', 'paid');
    const { payments } = await story(saleId);
    await client.refunds.request({ saleId, amountFen: 1230, ...approval(1) });
    await terminal.close();
    // The receipt of the sale was just going to the printer: it may lie on the counter.
    const books = aLedger(shop.dataDir);
    books.append(
      { kind: 'print.queued', subject: 'half', payload: { saleId, paymentId: payments[0]?.id ?? '', copy: 1 } },
      { kind: 'print.sending', subject: 'half', payload: {} },
    );
    books.close();
    await start();
    await arrived(saleId);
    await terminal.printed();
    expect((await story(saleId)).sale).toMatchObject({ receipt: 'unknown' });
    expect((await sheets()).map(({ copy }) => copy)).not.toContain(1);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
    const again = client.refunds.request({ saleId, amountFen: 1, ...approval(2) });
    await expect(again).rejects.toMatchObject({ code: 'NOT_REFUNDABLE' });
  });

  it('take back a payment that waits for a person, and free its sale', async () => {
    const saleId = await sell('reverse-refused', 'attention');
    const task = await eventually(() => terminal.queue().tasks.find(({ canTakeBack }) => canTakeBack), {
      what: 'money that the gateway holds',
    });
    const direct = client.refunds.request({ saleId, amountFen: 1230, ...approval(9) });
    await expect(direct).rejects.toMatchObject({ code: 'NOT_REFUNDABLE', data: { refusal: 'NOT_PAID' } });
    await client.refunds.takeBack({ taskId: task.taskId, ...approval(1) });
    expect(terminal.queue().count).toBe(1);
    expect(terminal.unsettled()).toMatchObject({ count: 1, amountFen: 1230 });
    await arrived(saleId);
    expect(terminal.queue().count).toBe(0);
    expect(await story(saleId)).toMatchObject({ payments: [{ phase: 'cancelled', settled: true }] });
    expect(shop.simulator.books()).toMatchObject({ netFen: 0 });
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
    const late = client.refunds.takeBack({ taskId: task.taskId, ...approval(2) });
    await expect(late).rejects.toMatchObject({ code: 'NOT_FOR_A_PERSON' });
  });

  it('begin at a receipt, whatever of its numbers was read', async () => {
    const saleId = await sell('pays', 'paid');
    const { payments } = await story(saleId);
    const codes = ['0001-01-000001', '1', payments[0]?.outTradeNo ?? ''];
    for (const code of codes) expect(await client.refunds.findSale({ code })).toEqual({ saleId });
    await expect(client.refunds.findSale({ code: '2' })).rejects.toMatchObject({ code: 'NO_SUCH_SALE' });
    expect(terminal.till.scan('0001-01-000001')).toMatchObject({ code: 'SCAN_RECEIPT', detail: saleId });
    expect(terminal.till.scan('0001-01-000002')).toMatchObject({ code: 'SCAN_RECEIPT_UNKNOWN' });
  });
});
