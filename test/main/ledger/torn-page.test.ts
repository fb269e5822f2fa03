import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { LedgerError } from '../../../src/main/ledger/errors.ts';
import { openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { aLedger, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { PAGE_BYTES } from '../../fixtures/recorded-ledger.ts';

/*
 * A disk that lies later: the books were written whole and closed, and something in the file is not what it was. Each
 * page is lost or scribbled over in turn; the ledger has to be refused, or `saoma verify` to name what is wrong.
 */

const SEED = Number(process.env.SAOMA_TORN_SEED ?? 20260102);
const SALES = 40;

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let whole: Buffer;
beforeEach(() => {
  folder = temporaryFolder();
  const ledger = aLedger(folder.path);
  for (let number = 1; number <= SALES; number++) {
    ledger.append(...aSubmittedPayment(number));
    ledger.append(paid(number));
  }
  path = ledger.path;
  ledger.close();
  whole = readFileSync(path);
});
afterEach(() => folder.remove());

/** How the damage shows: a refusal by name, what `verify` says, or nothing at all. */
function verdictOn(bytes: Buffer): string {
  writeFileSync(path, bytes);
  try {
    aLedger(folder.path).close();
    const db = openLedgerReadOnly(folder.path);
    try {
      return verifyLedger(db).problems[0] ?? 'nothing';
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof LedgerError) return `refused: ${error.code}`;
    throw error;
  }
}

describe('a ledger file that is not what was written', () => {
  const pages = () => Array.from({ length: whole.length / PAGE_BYTES }, (_, page) => page);

  it('is whole to begin with', () => {
    expect(verdictOn(whole)).toBe('nothing');
  });

  it('is refused or reported when any one page of it reads as zeros', () => {
    for (const page of pages()) {
      const bytes = Buffer.from(whole).fill(0, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
      expect(verdictOn(bytes), `page ${page + 1}`).toMatch(/^refused: DAMAGED|journal/);
    }
  });

  it(`is refused or reported when any one page of it is noise (seed ${SEED})`, () => {
    const random = seededRandom(SEED);
    for (const page of pages()) {
      const bytes = Buffer.from(whole);
      for (let at = page * PAGE_BYTES; at < (page + 1) * PAGE_BYTES; at++) bytes[at] = Math.floor(random() * 256);
      expect(verdictOn(bytes), `page ${page + 1}`).toMatch(/^refused: DAMAGED|journal/);
    }
  });

  it('is refused when it is cut short', () => {
    expect(verdictOn(whole.subarray(0, whole.length - PAGE_BYTES))).toBe('refused: DAMAGED');
  });

  it('is reported when one digit of one journal row has become another, which SQLite has no reason to doubt', () => {
    const bytes = replaced(whole, `"sequence":${SALES}`, `"sequence":${SALES + 1}`);
    expect(verdictOn(bytes)).toMatch(/^journal row 01\/\d+ was changed/);
  });

  it('is reported when one digit of a projection has', () => {
    // Only the projection keeps the whole payment, with its id inside.
    const bytes = replaced(whole, '"id":"payment-40"', '"id":"payment-49"');
    expect(verdictOn(bytes)).toMatch(/^payment row \d+ .* is not what the journal says/);
  });
});

/** Everywhere in the file: SQLite leaves old copies of a row in the free space of its pages. */
function replaced(file: Buffer, text: string, by: string): Buffer {
  const bytes = Buffer.from(file.toString('latin1').replaceAll(text, by), 'latin1');
  expect(bytes.equals(file)).toBe(false);
  return bytes;
}
