import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leave } from '../../../src/main/commands/leave.ts';
import type { Output } from '../../../src/main/commands/output.ts';
import { queue } from '../../../src/main/commands/queue.ts';
import { verify } from '../../../src/main/commands/verify.ts';
import { LEDGER_FILE } from '../../../src/main/ledger/open-ledger.ts';
import { aLedger, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { asFirstVersion } from '../../fixtures/older-ledger.ts';

/*
 * The commands that only look, on books that an older program has left and no till has been started on since.
 */

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let said: string[];
let events: Record<string, unknown>[];
const output: Output = {
  language: 'en',
  json: false,
  say: (line) => said.push(line),
  emit: (event) => events.push({ ...event }),
  fail: (error) => {
    throw error;
  },
};

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, LEDGER_FILE);
  [said, events] = [[], []];
  const ledger = aLedger(folder.path);
  ledger.append(...aSubmittedPayment(1), ...aSubmittedPayment(2), paid(1));
  ledger.close();
});
afterEach(() => folder.remove());

function version(): number {
  const db = new Database(path, { readonly: true });
  const present = Number(db.pragma('user_version', { simple: true }));
  db.close();
  return present;
}

describe('saoma queue on books of an older version', () => {
  it('says what is owed, as it does when they are brought up to date', () => {
    queue(folder.path, output);
    const present = { events, said };
    [said, events] = [[], []];
    asFirstVersion(path);
    expect(queue(folder.path, output)).toBe(1);
    expect({ events, said }).toEqual(present);
    expect(events).toMatchObject([{ settled: false, count: 1, tasks: [{ kind: 'resolve' }] }]);
  });

  it('only looks: what was there stays as it was', () => {
    asFirstVersion(path);
    queue(folder.path, output);
    expect(version()).toBe(1);
  });
});

describe('saoma leave on books of an older version', () => {
  it('warns of what is owed: an update is asked about before anything has been brought up to date', () => {
    asFirstVersion(path);
    expect(leave({ dataDir: folder.path, reason: 'update' }, output)).toBe(1);
    expect(events).toMatchObject([{ event: 'leaving', settled: false, count: 1, amountFen: 1_230 }]);
    expect(version()).toBe(1);
  });
});

describe('saoma verify on books of an older version', () => {
  it('checks the journal, and says that the tables wait for the till to be started', () => {
    asFirstVersion(path);
    expect(verify(folder.path, output)).toBe(0);
    expect(events).toMatchObject([{ ok: true, olderTables: true, problems: [] }]);
    expect(said[0]).toContain('Start the till once');
  });

  it('still finds a journal that was changed', () => {
    asFirstVersion(path);
    const db = new Database(path);
    db.exec(`DROP TRIGGER journal_is_not_changed; UPDATE journal SET subject = 'x' WHERE seq = 3`);
    db.close();
    expect(verify(folder.path, output)).toBe(1);
    expect(said.join('\n')).toContain('was changed');
  });

  it('checks all of it once the till was started', () => {
    asFirstVersion(path);
    aLedger(folder.path).close();
    expect(verify(folder.path, output)).toBe(0);
    expect(events).toMatchObject([{ ok: true, olderTables: false }]);
  });
});

describe.each([
  ['queue', queue],
  ['verify', verify],
])('saoma %s on books of a newer version', (_, command) => {
  it('refuses them by name, rather than guess what they mean', () => {
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    expect(() => command(folder.path, output)).toThrow('NEWER_VERSION');
  });
});
