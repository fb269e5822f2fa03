import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEDGER_FILE, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  let now = MORNING;
  const ledger = aLedger(folder.path, () => now++);
  for (let number = 1; number <= 30; number++) {
    ledger.append(...aSubmittedPayment(number));
    if (number % 3 === 0) ledger.append(paid(number));
    if (number % 3 === 1) ledger.append({ kind: 'payment.cancelRequested', subject: `payment-${number}`, payload: {} });
  }
  ledger.append({
    kind: 'print.queued',
    subject: 'print-1',
    payload: { saleId: 'sale-3', paymentId: 'payment-3', copy: 0 },
  });
  ledger.append({ kind: 'print.sending', subject: 'print-1', payload: {} });
  ledger.append({ kind: 'print.settled', subject: 'print-1', payload: { result: 'printed' } });
  ledger.append({ kind: 'sale.abandoned', subject: 'sale-1', payload: {} });
  ledger.close();
});
afterEach(() => folder.remove());

function verify() {
  const db = openLedgerReadOnly(folder.path);
  try {
    return verifyLedger(db);
  } finally {
    db.close();
  }
}

function tamper(...statements: string[]): void {
  const db = new Database(join(folder.path, LEDGER_FILE));
  db.pragma('foreign_keys = OFF');
  for (const statement of statements) db.exec(statement);
  db.close();
}

/** What somebody with the file and a hex editor could do: the triggers are no protection against that. */
const WITHOUT_TRIGGERS = ['DROP TRIGGER journal_is_not_changed', 'DROP TRIGGER journal_is_not_shortened'];

describe('verifying a ledger', () => {
  it('finds nothing wrong with an honest one', () => {
    const { rows, head, problems } = verify();
    expect(problems).toEqual([]);
    expect(rows).toBe(1 + 60 + 20 + 4);
    expect(head).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [
      'a changed amount',
      `UPDATE journal SET payload = replace(payload, '1230', '123') WHERE seq = 5`,
      '01/5 was changed',
    ],
    ['a changed time', 'UPDATE journal SET at = at + 1 WHERE seq = 7', '01/7 was changed'],
    ['a row taken out', 'DELETE FROM journal WHERE seq = 9', 'follows 8'],
    ['the end cut off and rewritten', `UPDATE journal SET prev_hash = '00' WHERE seq = 85`, '01/85'],
  ])('finds %s in the journal', (_, statement, words) => {
    tamper(...WITHOUT_TRIGGERS, statement);
    expect(verify().problems.join()).toContain(words);
  });

  it.each([
    ['a paid sale made open', `UPDATE sale SET state = 'open' WHERE id = 'sale-3'`, 'sale row'],
    ['a payment taken out', `DELETE FROM payment WHERE id = 'payment-30'`, 'payment row'],
    [
      'a sale put in',
      `INSERT INTO sale (id, number, amount_fen, opened_at, state) VALUES ('zzz', 'x', 1, 1, 'open')`,
      'sale row 31 (zzz)',
    ],
    [
      'a payment state changed inside its data',
      `UPDATE payment SET data = json_set(data, '$.giveUpAt', 1) WHERE id = 'payment-2'`,
      'payment row',
    ],
  ])('finds %s in the projections', (_, statement, words) => {
    tamper(statement);
    expect(verify().problems.join()).toContain(words);
  });
});

describe('rebuilding', () => {
  it('remakes every projection from the journal, row for row', () => {
    tamper(
      `DELETE FROM print`,
      `DELETE FROM payment`,
      `DELETE FROM sale WHERE id > 'sale-2'`,
      `UPDATE terminal SET last_sequence = 7`,
    );
    expect(verify().problems).not.toEqual([]);
    expect(rebuildLedger(folder.path)).toBe(85);
    expect(verify().problems).toEqual([]);
  });

  it('brings back even a ledger whose terminal row is gone, which does not open otherwise', () => {
    tamper('DELETE FROM terminal');
    expect(() => aLedger(folder.path)).toThrow('its projections are gone');
    rebuildLedger(folder.path);
    aLedger(folder.path).close();
  });

  it('says so when there is no ledger', () => {
    expect(() => rebuildLedger(join(folder.path, 'nowhere'))).toThrow('there is no ledger');
  });
});
