import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalDraft } from '../../../src/core/journal.ts';
import { fen } from '../../../src/core/money.ts';
import type { Upload } from '../../../src/core/upload.ts';
import { LedgerError } from '../../../src/main/ledger/errors.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import type { Posted } from '../../../src/main/upload/post-once.ts';
import { createUploadSender, type UploadSender, type UploadSenderOptions } from '../../../src/main/upload/sender.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const MINUTE_MS = 60_000;
const DELIVERED: Posted = { answer: { verdict: 'DELIVERED', status: 204 } };
const REFUSED: Posted = { answer: { verdict: 'REFUSED', status: 422, said: 'no' } };
const AGAIN: Posted = { answer: { verdict: 'AGAIN', detail: 'HTTP 500' } };

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let ledger: Ledger;
let sender: UploadSender;
/** What was sent, and how long after the beginning. */
let sent: { readonly id: string; readonly atMs: number }[];
let begun: number;
let offices: (string | undefined)[];
let faults: unknown[];
let reply: (upload: Upload) => Posted | Promise<Posted>;

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  ledger = aLedger(folder.path, () => clock.now());
  ledger.append({ kind: 'upload.started', subject: '01', payload: { host: 'office.example' } });
  sent = [];
  offices = [];
  faults = [];
  begun = clock.now();
  reply = () => DELIVERED;
  sender = aSender();
});
afterEach(async () => {
  await sender.stop();
  ledger.close();
  folder.remove();
});

function aSender(changes: Partial<UploadSenderOptions> = {}): UploadSender {
  const made = createUploadSender({
    ledger,
    async post(upload) {
      sent.push({ id: upload.id, atMs: clock.now() - begun });
      return reply(upload);
    },
    clock,
    random: () => 0,
    ratePerSecond: 1_000,
    afterSales: () => Promise.resolve(),
    onChange: () => {},
    onOffice: (trouble) => offices.push(trouble),
    onFault: (error) => faults.push(error),
    ...changes,
  });
  ledger.whenWritten(made.wake);
  return made;
}

const cash = (number: number): JournalDraft => ({
  kind: 'cash.received',
  subject: `cash-${number}`,
  payload: { saleId: `sale-${number}`, amountFen: fen(1230), tenderedFen: fen(1230), changeFen: fen(0) },
});

/** So many sales for cash, each with its report. */
function sell(from: number, to = from): void {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  ledger.append(...numbers.flatMap((number) => [...aSubmittedPayment(number).slice(0, 1), cash(number)]));
}

const key = (number: number): string => `cash.received:cash-${number}`;
const numbers = (): number[] => sent.map(({ id }) => Number(id.split('-').at(-1)));
const taskOf = (number: number) => ledger.task(`upload:${key(number)}`);
const stateOf = (number: number) => taskOf(number)?.state;

describe('reports', () => {
  it('are sent oldest first, those that wait and those that come, and are done when that is in the books', async () => {
    sell(1, 3);
    sender.start();
    await clock.advance(10);
    sell(4);
    await clock.advance(10);
    expect(numbers()).toEqual([1, 2, 3, 4]);
    expect(ledger.uploadDesk()).toMatchObject({ waiting: 0, refused: 0 });
    expect(sender.isBusy()).toBe(false);
  });

  it('are sent no faster than the settings say', async () => {
    sender = aSender({ ratePerSecond: 10 });
    sell(1, 12);
    sender.start();
    await clock.advance(1_000);
    expect(sent.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 11 }, (_, index) => index * 100));
  });

  it('let a sale that is on the wire pass', async () => {
    const sale = Promise.withResolvers<void>();
    sender = aSender({ afterSales: () => sale.promise });
    sell(1);
    sender.start();
    await clock.advance(100);
    expect(sent).toEqual([]);
    sale.resolve();
    await settle();
    expect(numbers()).toEqual([1]);
  });

  it('of one sale follow one another, and those of other sales overtake them', async () => {
    ledger.append(...aSubmittedPayment(1), paid(1));
    ledger.append(...[cash(1)]);
    sell(2);
    const first = Promise.withResolvers<Posted>();
    reply = ({ event }) => (event === 'payment.paid' ? first.promise : DELIVERED);
    sender.start();
    await clock.advance(10);
    expect(sent.map(({ id }) => id)).toEqual(['payment.paid:payment-1', key(2)]);
    first.resolve(DELIVERED);
    await clock.advance(10);
    expect(sent.at(-1)?.id).toBe(key(1));
  });
});

describe('a report that does not arrive', () => {
  it('is tried again after growing waits, under the same key, until it does', async () => {
    sell(1);
    reply = () => AGAIN;
    sender.start();
    await clock.advance(90 * MINUTE_MS);
    expect(sent.map(({ atMs }) => Math.round(atMs / 1_000))).toEqual([0, 5, 35, 155, 755, 2_555]);
    expect(new Set(sent.map(({ id }) => id))).toEqual(new Set([key(1)]));
    reply = () => DELIVERED;
    await clock.advance(90 * MINUTE_MS);
    expect(stateOf(1)).toBe('done');
  });

  it('holds up no other, however often it fails', async () => {
    sell(1);
    reply = ({ id }) => (id === key(1) ? AGAIN : DELIVERED);
    sender.start();
    for (let number = 2; number <= 40; number++) {
      sell(number);
      await clock.advance(MINUTE_MS);
    }
    expect(stateOf(1)).toBe('open');
    expect(ledger.uploadDesk()?.waiting).toBe(1);
  });

  it('does not hold up the others by being slow', async () => {
    sell(1, 6);
    const never = Promise.withResolvers<Posted>();
    reply = ({ id }) => (id === key(1) ? never.promise : DELIVERED);
    sender.start();
    await clock.advance(20);
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(ledger.uploadDesk()?.waiting).toBe(1);
    never.resolve(AGAIN);
  });

  it('waits as long as the back office asks for', async () => {
    sell(1);
    reply = () => ({ answer: { verdict: 'AGAIN', detail: 'HTTP 429' }, retryAfterMs: 20 * MINUTE_MS });
    sender.start();
    await clock.advance(20 * MINUTE_MS - 1);
    expect(sent).toHaveLength(1);
    await clock.advance(2);
    expect(sent).toHaveLength(2);
  });

  it('is not forgotten for a day because somebody set the clock back by a day', async () => {
    sell(1);
    reply = () => AGAIN;
    sender.start();
    await clock.advance(10);
    clock.jump(-86_400_000);
    reply = () => DELIVERED;
    sell(2);
    await clock.advance(3 * MINUTE_MS);
    expect([stateOf(1), stateOf(2)]).toEqual(['done', 'done']);
  });
});

describe('a back office that is away', () => {
  beforeEach(() => {
    sell(1, 200);
    reply = () => AGAIN;
  });

  it('is asked by one report at a time, ever more seldom, and says so once', async () => {
    sender.start();
    await clock.advance(8 * 60 * MINUTE_MS);
    // Every two minutes: a night without it costs the journal few rows, however much waits.
    expect(sent.length).toBeGreaterThan(230);
    expect(sent.length).toBeLessThan(250);
    expect(offices).toEqual(['HTTP 500']);
    expect(sender.isBusy()).toBe(false);
  });

  it('gets everything, each once, when it is there again', async () => {
    sender.start();
    await clock.advance(10 * MINUTE_MS);
    reply = () => DELIVERED;
    const before = sent.length;
    await clock.advance(60 * MINUTE_MS);
    expect(ledger.uploadDesk()).toMatchObject({ waiting: 0, refused: 0 });
    expect(new Set(sent.slice(before).map(({ id }) => id)).size).toBe(200);
    expect(sent).toHaveLength(before + 200);
    expect(offices).toEqual(['HTTP 500', undefined]);
  });

  it('is asked at once when the line is back', async () => {
    sender.start();
    await clock.advance(10 * MINUTE_MS);
    reply = () => DELIVERED;
    const before = sent.length;
    sender.hurry();
    await settle();
    expect(sent.length).toBeGreaterThan(before);
  });
});

describe('a report that is refused', () => {
  const decision = { manager: '王店长', why: '已手工补录' };

  beforeEach(async () => {
    sell(1);
    reply = () => REFUSED;
    sender.start();
    await clock.advance(60 * MINUTE_MS);
  });

  it('waits for a person and is not tried by itself; the others go on', async () => {
    expect(sent).toHaveLength(1);
    expect(stateOf(1)).toBe('human');
    reply = () => DELIVERED;
    sell(2);
    await clock.advance(10);
    expect(numbers()).toEqual([1, 2]);
  });

  it('is sent when a person says so', async () => {
    reply = () => DELIVERED;
    expect(sender.tryNow(key(1))).toBe(true);
    await clock.advance(10);
    expect(stateOf(1)).toBe('done');
    expect(sender.tryNow(key(1))).toBe(false);
    expect(sender.tryNow('cash.received:nobody')).toBe(false);
  });

  it('is not sent any more when a manager has given it up', async () => {
    ledger.append({ kind: 'upload.givenUp', subject: key(1), payload: { decision } });
    expect(sender.tryNow(key(1))).toBe(false);
    await sender.stop();
    sender = aSender();
    sender.start();
    await clock.advance(60 * MINUTE_MS);
    expect(sent).toHaveLength(1);
  });

  it('is tried once more when the till starts, for what was wrong may be mended', async () => {
    await sender.stop();
    sender = aSender();
    sender.start();
    await clock.advance(60 * MINUTE_MS);
    expect(sent).toHaveLength(2);
    expect(stateOf(1)).toBe('human');
  });

  it('takes the others along that were refused, when it is accepted after a person’s look', async () => {
    for (const number of [2, 3, 4]) {
      sell(number);
      await clock.advance(10 * MINUTE_MS);
    }
    expect(ledger.uploadDesk()).toMatchObject({ waiting: 0, refused: 4 });
    reply = () => DELIVERED;
    sender.tryNow(key(3));
    await clock.advance(10 * MINUTE_MS);
    expect(ledger.uploadDesk()).toMatchObject({ waiting: 0, refused: 0 });
  });
});

it('a key that is wrong makes a person’s work of a few reports, not of all within minutes', async () => {
  sell(1, 200);
  reply = () => ({ answer: { verdict: 'REFUSED', status: 401 } });
  sender.start();
  await clock.advance(5 * MINUTE_MS);
  expect(ledger.uploadDesk()?.refused).toBeLessThan(12);
  expect(offices).toEqual(['HTTP 401']);
});

describe('a till that dies', () => {
  it('between sending and writing down sends it again, under the same key', async () => {
    sell(1);
    const unheard = Promise.withResolvers<Posted>();
    reply = () => unheard.promise;
    sender.start();
    await settle();
    const died = sender.stop();
    unheard.resolve(AGAIN);
    await died;
    reply = () => DELIVERED;
    sender = aSender();
    sender.start();
    await clock.advance(10);
    expect(sent.map(({ id }) => id)).toEqual([key(1), key(1)]);
    expect(taskOf(1)).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('writes down an answer that comes while it closes', async () => {
    sell(1);
    const late = Promise.withResolvers<Posted>();
    reply = () => late.promise;
    sender.start();
    await settle();
    const closing = sender.stop();
    late.resolve(DELIVERED);
    await closing;
    expect(stateOf(1)).toBe('done');
  });
});

it('an answer that cannot be written down is held until it can, and the report is not sent again', async () => {
  let writable = false;
  sender = aSender({
    ledger: {
      ...ledger,
      append(...drafts) {
        if (!writable) throw new LedgerError('DISK_FULL', 'ledger.db', 'no space');
        return ledger.append(...drafts);
      },
    },
  });
  sell(1);
  sender.start();
  await clock.advance(MINUTE_MS);
  writable = true;
  await clock.advance(MINUTE_MS);
  expect(numbers()).toEqual([1]);
  expect(stateOf(1)).toBe('done');
});

it('a bug with one report is told once and stops no other', async () => {
  sell(1, 3);
  reply = ({ id }) => {
    if (id === key(2)) throw new Error('a bug');
    return DELIVERED;
  };
  sender.start();
  await clock.advance(60 * MINUTE_MS);
  expect(faults).toHaveLength(1);
  expect([stateOf(1), stateOf(2), stateOf(3)]).toEqual(['done', 'open', 'done']);
});
