import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/main/config/config.ts';
import { resetTill } from '../../../src/main/reset/reset-till.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

let folder: { path: string; remove: () => void };
let dataDir: string;
beforeEach(() => {
  folder = temporaryFolder();
  dataDir = join(folder.path, 'till');
  mkdirSync(dataDir);
});
afterEach(() => folder.remove());

const backUp = async () => ({ path: join(folder.path, 'drive', 'a-backup.db') });
const reset = (backing = backUp) =>
  resetTill({ dataDir, config: loadConfig(dataDir, {}), at: MORNING, backUp: backing });

function sell(isPaid: boolean): void {
  const ledger = aLedger(dataDir);
  ledger.append(...aSubmittedPayment(), ...(isPaid ? [paid()] : []));
  ledger.close();
}

describe('a reset', () => {
  it('keeps the settings, and the keys that they name inside of the data folder', async () => {
    const certificate = { certFile: 'keys/cert.pem', keyFile: '/elsewhere/key.pem' };
    const gateway = { kind: 'wechat-v2', appId: 'wx1', mchId: '1900000109', apiKeyFile: 'api.key', certificate };
    writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ gateway }));
    writeFileSync(join(dataDir, 'api.key'), 'a key');
    mkdirSync(join(dataDir, 'keys'));
    writeFileSync(join(dataDir, 'keys/cert.pem'), 'a certificate');
    sell(true);
    expect(await reset()).toMatchObject({ done: true, epoch: 2 });
    expect(['api.key', 'keys/cert.pem'].map((file) => readFileSync(join(dataDir, file), 'utf8'))).toEqual([
      'a key',
      'a certificate',
    ]);
  });

  it('keeps the key of the reports to the back office, and is refused while one is owed', async () => {
    const upload = { url: 'https://office.example/', keyFile: 'upload.key' };
    writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ upload }));
    writeFileSync(join(dataDir, 'upload.key'), 'a key');
    const ledger = aLedger(dataDir);
    ledger.append({ kind: 'upload.started', subject: '01', payload: { host: 'office.example' } });
    ledger.append(...aSubmittedPayment(), paid());
    ledger.close();
    await expect(reset()).rejects.toMatchObject({ code: 'RESET_REPORTS_OWED' });
    expect(readdirSync(folder.path)).toEqual(['till']);
    const reporting = aLedger(dataDir);
    const answer = { verdict: 'DELIVERED', status: 204 } as const;
    const subject = 'payment.paid:payment-1';
    reporting.append({ kind: 'upload.answered', subject, payload: { answer, waitMs: 0 } });
    reporting.close();
    expect(await reset()).toMatchObject({ done: true });
    expect(readFileSync(join(dataDir, 'upload.key'), 'utf8')).toBe('a key');
  });

  it('writes into the new books which books they follow', async () => {
    sell(true);
    const before = aLedger(dataDir);
    const { rows, hash } = before.head();
    before.close();
    await reset();
    const after = aLedger(dataDir);
    expect(after.about('01').at(-1)).toMatchObject({
      kind: 'terminal.reset',
      payload: { epoch: 2, rowsBefore: rows, hashBefore: hash },
    });
    after.close();
  });

  it('changes nothing while a payment is not settled', async () => {
    sell(false);
    expect(await reset()).toMatchObject({ done: false, owed: { count: 1, amountFen: 1_230 } });
    expect(readdirSync(folder.path)).toEqual(['till']);
  });

  it('changes nothing while a payment that was taken back is still to be looked for', async () => {
    sell(false);
    const ledger = aLedger(dataDir);
    const reason = { code: 'NO_REPLY' } as const;
    ledger.append(
      { kind: 'payment.answered', subject: 'payment-1', payload: { answer: { verdict: 'UNKNOWN', reason } } },
      { kind: 'payment.cancelRequested', subject: 'payment-1', payload: {} },
      { kind: 'payment.reverseAnswered', subject: 'payment-1', payload: { answer: { verdict: 'REVERSED' } } },
      { kind: 'payment.queried', subject: 'payment-1', payload: { answer: { verdict: 'NOT_FOUND' } } },
    );
    expect([ledger.moneyOwed().count, ledger.paymentsOwed()]).toMatchObject([0, [{ state: 'reversed' }]]);
    ledger.close();
    await expect(reset()).rejects.toThrow('RESET_TOO_SOON: 0001-01-000001-1test');
    expect(readdirSync(folder.path)).toEqual(['till']);
  });

  it('changes nothing when the last backup fails', async () => {
    sell(true);
    await expect(reset(() => Promise.reject(new Error('the drive is full')))).rejects.toThrow('the drive is full');
    expect(readdirSync(folder.path)).toEqual(['till']);
  });
});
