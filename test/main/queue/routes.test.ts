import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import type { Payment } from '../../../src/core/payment.ts';
import { createTerminal, type Terminal } from '../../../src/main/terminal.ts';
import type { TerminalClient } from '../../../src/renderer/connection/connection.ts';
import { openShop, type TestShop } from '../../fixtures/shop.ts';

let shop: TestShop;
let terminal: Terminal;
let client: TerminalClient;
let reached: (state: Payment['state']) => Promise<void>;

beforeEach(async () => {
  shop = await openShop();
  const waiting = new Map<Payment['state'], PromiseWithResolvers<void>>();
  const of = (state: Payment['state']) => {
    const present = waiting.get(state) ?? Promise.withResolvers<void>();
    waiting.set(state, present);
    return present;
  };
  reached = (state) => of(state).promise;
  terminal = await createTerminal({
    dataDir: shop.dataDir,
    host: 'none',
    env: {},
    onPayment: ({ state }) => of(state).resolve(),
  });
  client = createRouterClient(terminal.router);
});
afterEach(async () => {
  await terminal.close();
  await shop.close();
});

/** A sale whose customer behaves so, and the task it makes. */
async function sellTo(scenario: string, until: Payment['state']) {
  terminal.till.ask(fen(1230));
  terminal.till.scan(shop.simulator.freshCode(scenario));
  await reached(until);
  const [task] = terminal.queue().tasks;
  if (task === undefined) throw new Error('Nothing is owed');
  return task;
}

const order = (taskId: string, more = {}) => ({ taskId, manager: ' 王店长 ', reason: '账单已核对', ...more });

describe('the queue of a running terminal', () => {
  it('is watched: what is owed, how much, since when, and its end', async () => {
    const watching = new AbortController();
    const views = await client.queue.watch({}, { signal: watching.signal });
    const { value } = await views.next();
    expect(value).toMatchObject({ count: 0, amountFen: 0, humanCount: 0, tasks: [] });
    const task = await sellTo('walks-away', 'pending');
    expect(task).toMatchObject({ kind: 'resolve', state: 'open', amountFen: 1230, saleNumber: '0001-01-000001' });
    for await (const view of views) {
      if (view.count === 1 && view.tasks[0]?.attempts !== 0) break;
    }
    watching.abort();
    await reached('reversed');
    expect(terminal.queue()).toMatchObject({ count: 0, tasks: [] });
  });

  it('tries now what it is told to, and knows what it does not have', async () => {
    const { taskId } = await sellTo('walks-away', 'pending');
    expect(await client.queue.tryNow({ taskId })).toEqual({ started: true });
    const unknown = client.queue.tryNow({ taskId: 'resolve:nobody' });
    await expect(unknown).rejects.toMatchObject({ code: 'NO_SUCH_TASK' });
  });

  it('lets a manager end what waits for one; the money stays in sight and counts as nothing', async () => {
    const { taskId, saleId = '' } = await sellTo('reverse-refused', 'attention');
    await client.queue.giveUp(order(taskId));
    expect(terminal.queue()).toMatchObject({ count: 0, tasks: [], givenUp: { count: 1, amountFen: 1230 } });
    const story = await client.sales.story({ saleId });
    expect(story.payments).toMatchObject([{ phase: 'givenUp', settled: true }]);
    expect(story.lines.at(-1)).toMatchObject({
      kind: 'payment.givenUp',
      payload: { decision: { manager: '王店长', why: '账单已核对' } },
    });
    // The shop may hold the money: this sale is not charged again.
    await expect(client.till.retry({})).rejects.toMatchObject({
      code: 'NOTHING_TO_RETRY',
    });
    const again = client.queue.giveUp(order(taskId));
    await expect(again).rejects.toMatchObject({ code: 'NO_SUCH_TASK' });
  });

  it('gives up nothing that it can still find out', async () => {
    const { taskId } = await sellTo('walks-away', 'pending');
    const tooSoon = client.queue.giveUp(order(taskId));
    await expect(tooSoon).rejects.toMatchObject({ code: 'NOT_FOR_A_PERSON' });
  });
});
