import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerFileError, openEventFile } from '../../../src/simulator/ledger/event-file.ts';
import { openCounter, someCode } from '../support/counter.ts';

let dir: string;
let path: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'saoma-simulator-'));
  path = join(dir, 'deep', 'ledger.jsonl');
});

afterEach(() => rmSync(dir, { recursive: true }));

/** A day's work on the file; what the books say at the end. */
function work(startAt?: number) {
  const counter = openCounter({ store: openEventFile(path), ...(startAt === undefined ? {} : { startAt }) });
  return {
    counter,
    end() {
      const state = { orders: counter.ledger.orders(), books: counter.ledger.books() };
      counter.ledger.close();
      return state;
    },
  };
}

describe('a ledger in a file', () => {
  it('is the same after it was closed and opened again', () => {
    const first = work();
    first.counter.pay('T0000001', someCode(), { attach: '' });
    first.counter.pay('T0000002', '100010000000000001');
    first.counter.pay('T0000003', '100002000000000001');
    first.counter.pass(15_000);
    first.counter.reverse('T0000001');
    const written = first.end();
    expect(written.books).toMatchObject({ orders: 3, chargedFen: 1776, returnedFen: 888 });
    expect(work().end()).toEqual(written);
  });

  it('goes on giving new numbers, and knows spent codes', () => {
    const code = someCode();
    const first = work();
    const before = first.counter.pay('T0000001', code);
    first.end();
    const second = work();
    expect(second.counter.pay('T0000002', code)?.err_code).toBe('AUTH_CODE_INVALID');
    expect(second.counter.pay('T0000003', someCode())?.transaction_id).not.toBe(before?.transaction_id);
    second.end();
  });

  it('lets customers go on with what they were doing', () => {
    const first = work();
    first.counter.pay('T0000001', '100002000000000001');
    first.counter.pay('T0000002', '100032000000000001');
    const startedAt = first.counter.now();
    first.end();

    const second = work(startedAt + 6_000);
    expect(second.counter.query('T0000001')?.trade_state).toBe('SUCCESS');
    expect(second.counter.query('T0000002')?.err_code).toBe('ORDERNOTEXIST');
    second.end();

    const third = work(startedAt + 60_000);
    expect(third.counter.query('T0000002')?.trade_state).toBe('SUCCESS');
    expect(third.end().books.chargedFen).toBe(2 * 888);
  });

  it('holds no payment code, and nobody else may read it', () => {
    const code = someCode();
    const first = work();
    first.counter.pay('T0000001', code);
    first.end();
    expect(readFileSync(path, 'utf8')).not.toContain(code);
    expect(statSync(path).mode & 0o077).toBe(0);
  });
});

describe('a line that was torn off by a kill', () => {
  it.each([1, 20, 200])('never happened, were it cut off %i bytes from its end', (missing) => {
    const first = work();
    first.counter.pay('T0000001', someCode());
    first.end();
    const whole = readFileSync(path);
    const second = work();
    second.counter.pay('T0000002', '100010000000000001');
    second.end();
    const longer = readFileSync(path);
    const openedEnd = longer.indexOf(0x0a, whole.length) + 1;
    writeFileSync(path, longer.subarray(0, openedEnd - missing));

    const after = work();
    expect(after.counter.ledger.orders().map(({ outTradeNo }) => outTradeNo)).toEqual(['T0000001']);
    after.counter.pay('T0000003', someCode());
    expect(after.end().books.orders).toBe(2);
    expect(work().end().books.orders).toBe(2);
  });

  it('never opened an empty file', () => {
    work().end();
    appendFileSync(path, '{"type":"led');
    const after = work();
    after.counter.pay('T0000001', someCode());
    after.end();
    expect(work().end().books.orders).toBe(1);
  });
});

describe('a file that is no ledger of ours', () => {
  it.each([
    [
      'has nonsense in the middle',
      '{"type":"ledger","version":1}\nnonsense\n{"type":"left","at":1,"outTradeNo":"T"}\n',
      2,
    ],
    ['is of a later version', '{"type":"ledger","version":2}\n', 1],
  ])('%s: it is named and left alone', (_what, content, line) => {
    work().end();
    writeFileSync(path, content);
    const store = openEventFile(path);
    expect(() => openCounter({ store })).toThrow(new RegExp(`Line ${line} .*ledger.jsonl.* Move the file away`));
    store.close();
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('is a folder: the message says what to do', () => {
    expect(() => openEventFile(dir)).toThrow(LedgerFileError);
    expect(() => openEventFile(dir)).toThrow(/give the simulator another one/);
  });
});
