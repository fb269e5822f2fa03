import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { aLedger, aSubmittedPayment, temporaryFolder } from '../../fixtures/ledger.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder();
  ledger = aLedger(folder.path);
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

it('verifies books that are being written at the same time, as they were at one moment', () => {
  for (let number = 1; number <= 50; number++) ledger.append(...aSubmittedPayment(number));
  const db = openLedgerReadOnly(folder.path);
  // A till that sells between any two reads of the verification.
  let sales = 50;
  const prepare = db.prepare.bind(db);
  db.prepare = ((sql: string) => {
    ledger.append(...aSubmittedPayment(++sales));
    return prepare(sql);
  }) as typeof db.prepare;
  const { rows, problems } = verifyLedger(db);
  expect(problems).toEqual([]);
  expect(rows).toBeLessThan(1 + 2 * sales);
  db.close();
});
