import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { DEFAULT_TIMINGS } from '../../../src/core/payment.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { createCodeHasher } from '../../../src/main/payments/code-hash.ts';
import { createTill } from '../../../src/main/sales/till.ts';
import { aLedger, temporaryFolder } from '../../fixtures/ledger.ts';

const CODE = '134567890123456789';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;

beforeEach(() => {
  folder = temporaryFolder();
  ledger = aLedger(folder.path, () => 0);
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

/** A till whose engine only says that it was asked, over a line that the test takes away. */
function aTill() {
  const shop = { lineIsDown: true, charges: 0 };
  let ids = 0;
  const till = createTill({
    ledger,
    engine: {
      charge(drafts) {
        shop.charges += 1;
        const subject = drafts.find(({ kind }) => kind === 'payment.submitted')?.subject ?? '';
        ledger.append(...drafts);
        const payment = ledger.payment(subject);
        if (payment === undefined) throw new Error('There is no such payment');
        return payment;
      },
      cancel: () => {},
    },
    hashCode: createCodeHasher(folder.path),
    newId: () => `id-${++ids}`,
    newTag: () => 'test',
    gateway: 'simulator',
    isLineDown: () => shop.lineIsDown,
    now: () => 0,
    timings: DEFAULT_TIMINGS,
    onChange: () => {},
    whenCashPaid: () => [],
    onCash: () => {},
  });
  return { shop, till };
}

describe('while the line is down, the till', () => {
  it('refuses a payment code, keeps waiting for one, and writes nothing', () => {
    const { shop, till } = aTill();
    const before = bytesIn(folder.path);
    till.ask(fen(1230));
    expect(till.scan(CODE)).toEqual({ code: 'LINE_DOWN', at: 0 });
    expect(till.view()).toMatchObject({ step: 'scan', amountFen: 1230, notice: { code: 'LINE_DOWN' } });
    expect(bytesIn(folder.path).equals(before)).toBe(true);
    expect(shop.charges).toBe(0);
  });

  it('has not used the code up: the same one is taken when the line is back', () => {
    const { shop, till } = aTill();
    till.ask(fen(1230));
    till.scan(CODE);
    shop.lineIsDown = false;
    expect(till.scan(CODE)).toBeUndefined();
    expect(till.view()).toMatchObject({ step: 'payment', amountFen: 1230 });
    expect(till.view().notice).toBeUndefined();
    expect(shop.charges).toBe(1);
  });

  it('still says of anything else what it is', () => {
    const { till } = aTill();
    till.ask(fen(1230));
    expect(till.scan('281234567890123456')).toMatchObject({ code: 'SCAN_ALIPAY' });
    expect(till.scan('6901234567892')).toMatchObject({ code: 'SCAN_PRODUCT' });
  });

  it('does not speak of the line when no amount was asked for', () => {
    const { till } = aTill();
    expect(till.scan(CODE)).toMatchObject({ code: 'SCAN_UNASKED' });
  });
});

function bytesIn(path: string): Buffer {
  return Buffer.concat(
    readdirSync(path)
      .filter((name) => /^ledger\.db(-wal)?$/.test(name))
      .map((name) => readFileSync(join(path, name))),
  );
}
