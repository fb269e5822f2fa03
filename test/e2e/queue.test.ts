import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { createTerminal } from '../../src/main/terminal.ts';
import { compareBooks } from '../fixtures/books.ts';
import { leaveBehind } from '../fixtures/leave-behind.ts';
import { startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

async function run(...args: string[]) {
  await using saoma = await startSaoma([...args, '--data', shop.dataDir, '--json']);
  const status = await saoma.exited;
  return { status, events: saoma.events };
}

describe('saoma queue', () => {
  it('says that all is settled, and ends 0', async () => {
    await (await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} })).close();
    const { status, events } = await run('queue');
    expect(events).toMatchObject([{ event: 'queue', settled: true, count: 0, tasks: [] }]);
    expect(status).toBe(0);
  });

  it('says what is not, beside a running till, and ends 1', async () => {
    await leaveBehind(shop, 'reverse-refused', 'attention');
    const terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
    try {
      const { status, events } = await run('queue');
      expect(events).toMatchObject([{ settled: false, count: 1, amountFen: 1230, humanCount: 1 }]);
      expect(status).toBe(1);
      await using spoken = await startSaoma(['queue', '--data', shop.dataDir]);
      await spoken.line(/^1 not settled · ￥12\.30 · oldest just now$/);
      await spoken.line(/0001-01-000001 {2}needs a manager {2}￥12\.30/);
    } finally {
      await terminal.close();
    }
  });
});

describe('a payment on the static code', () => {
  it('is told of apart, as nothing that settles by itself, and neither command ends 0 before it is proven', async () => {
    const terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
    terminal.till.ask(fen(1230));
    terminal.till.acceptStatic({ amountFen: fen(1230), approval: { manager: '王店长', why: '手机显示已付' } });
    await terminal.close();
    const { status, events } = await run('queue');
    expect(events).toMatchObject([{ settled: false, count: 0, toVerify: { count: 1, amountFen: 1230 } }]);
    expect(status).toBe(1);
    await using spoken = await startSaoma(['queue', '--data', shop.dataDir]);
    await spoken.line(/^1 on the store's code to be verified · ￥12\.30 · not counted as paid$/);
    await spoken.line(/0001-01-000001 {2}to be verified {2}￥12\.30/);
    // Nobody waits for a machine here, so nothing is waited for.
    expect(await run('sync')).toMatchObject({ status: 1, events: [{ event: 'done', settled: false, count: 0 }] });
  });
});

describe('saoma sync', () => {
  it('settles what another run has left, each once, and ends 0', async () => {
    await leaveBehind(shop, 'walks-away', 'pending', 3);
    expect(await run('queue')).toMatchObject({ status: 1, events: [{ count: 3, amountFen: 3690 }] });
    const { status, events } = await run('sync');
    expect(events.at(-1)).toMatchObject({ event: 'done', settled: true, count: 0 });
    expect(events.filter(({ event }) => event === 'progress').at(-1)).toMatchObject({ done: 3, total: 3 });
    expect(status).toBe(0);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });

  it('leaves to a person what only a person can end, says so, and ends 1', async () => {
    await leaveBehind(shop, 'reverse-refused', 'attention');
    const { status, events } = await run('sync');
    expect(events.at(-1)).toMatchObject({ event: 'done', settled: false, count: 1, humanCount: 1 });
    expect(status).toBe(1);
  });

  it('ends with the time that it was given', async () => {
    await leaveBehind(shop, 'walks-away', 'pending');
    const { status, events } = await run('sync', '--timeout', '0');
    expect(events.at(-1)).toMatchObject({ event: 'done', settled: false, count: 1 });
    expect(status).toBe(1);
  });

  it('leaves a folder alone that a running till works on', async () => {
    const terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
    try {
      const { status, events } = await run('sync');
      expect(events).toMatchObject([{ event: 'error', code: 'DATA_IN_USE' }]);
      expect(status).toBe(2);
    } finally {
      await terminal.close();
    }
  });
});
